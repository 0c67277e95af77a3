const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const { city } = req.body.address || {};
  const lines = Array.isArray(req.body.lines) ? req.body.lines : [];
  const skus = lines.filter(Boolean).map((line) => line.sku);
  const named = [];
  for (const line of lines) {
    if (line === null || typeof line !== 'object') continue;
    named.push(line.name);
  }
  res.status(201).json({ city, skus, named });
});
app.listen(process.env.PORT);
