const express = require('express');
const app = express();
const items = [{ id: 1, name: 'lamp' }];
const search = (q) => items.filter((item) => new RegExp(q, 'i').test(item.name));

app.get('/search', (req, res) => res.json(search(req.query.q)));
app.get('/grep', (req, res) => {
  res.json(items.filter((item) => new RegExp(req.query.p).test(item.name)));
});
app.get('/one', (req, res) => {
  const { p } = req.query;
  if (typeof p !== 'string') return res.status(400).json({ error: 'p is required' });
  const found = items.find((item) => new RegExp(p).test(item.name));
  res.json({ found });
});

app.listen(process.env.PORT);
