const express = require('express');
const app = express();
app.use(express.json());

app.get('/page', (req, res) => {
  const size = parseInt(req.query.size || '10', 10);
  if (isNaN(size) || size < 1 || size > 50) {
    return res.status(400).json({ error: 'size must be 1 to 50' });
  }
  res.json({ size });
});
app.post('/names', (req, res) => {
  const name = req.body?.name;
  if (typeof name !== 'string' || name.length < 2 || name.length > 20 || !/^[a-z]+$/.test(name)) {
    return res.status(400).json({ error: 'name' });
  }
  res.status(201).json({ name });
});
app.listen(3000);
