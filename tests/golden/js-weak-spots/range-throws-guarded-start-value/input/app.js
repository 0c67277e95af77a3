const express = require('express');
const app = express();
app.use(express.json());

app.post('/max', (req, res) => {
  const { values } = req.body;
  if (!Array.isArray(values) || values.length === 0) {
    return res.status(400).json({ error: 'values must not be empty' });
  }
  const max = values.reduce((a, b) => (a > b ? a : b));
  const count = values.filter((v) => v === max).reduce((n) => n + 1, 0);
  res.json({ max, count });
});
app.listen(process.env.PORT);
