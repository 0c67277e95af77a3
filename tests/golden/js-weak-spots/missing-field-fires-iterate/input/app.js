const express = require('express');
const app = express();
app.use(express.json());

app.post('/sum', (req, res) => {
  const { values } = req.body;
  if (values && !Array.isArray(values)) {
    return res.status(400).json({ error: 'values must be an array' });
  }
  let sum = 0;
  for (const value of values) {
    sum += value;
  }
  res.json({ sum });
});
app.listen(process.env.PORT);
