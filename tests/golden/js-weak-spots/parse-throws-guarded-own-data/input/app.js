const express = require('express');
const app = express();
const defaults = '{"theme":"light"}';

app.get('/settings', (req, res) => {
  const settings = JSON.parse(defaults);
  const copy = JSON.parse(JSON.stringify({ q: req.query.q ?? null }));
  const escaped = new RegExp(String(req.query.q ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  res.json({ settings, copy, source: escaped.source, base: new URL('/x', 'http://localhost').pathname });
});
app.listen(process.env.PORT);
