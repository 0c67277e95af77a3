const express = require('express');
const app = express();
const units = { metric: { suffix: 'm' }, imperial: { suffix: 'ft' } };

app.get('/height', (req, res) => {
  const unit = req.query.unit === 'imperial' ? 'imperial' : 'metric';
  res.json({ height: `10 ${units[unit].suffix}` });
});
app.get('/width', (req, res) => {
  const { unit } = req.query;
  if (unit !== 'metric' && unit !== 'imperial') {
    return res.status(400).json({ error: 'unit must be metric or imperial' });
  }
  res.json({ width: `3 ${units[unit].suffix}` });
});
app.listen(process.env.PORT);
