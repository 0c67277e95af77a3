const express = require('express');
const app = express();
app.use(express.json());

app.post('/max', (req, res) => {
  const { values } = req.body;
  if (!Array.isArray(values)) {
    return res.status(400).json({ error: 'values must be an array' });
  }
  res.json({ max: values.reduce((a, b) => (a > b ? a : b)) });
});
app.listen(process.env.PORT);
