const express = require('express');
const app = express();
app.use(express.json());
app.post('/a', (req, res) => {
  if (!Array.isArray(req.body?.items) || !req.body.items[0]) return res.status(400).json({ error: 'items must be a list' });
  res.json({ first: req.body.items[0].name });
});
app.post('/b', (req, res) => {
  const { items } = req.body || {};
  if (!items || !items.length || !items[0]) return res.status(400).json({ error: 'items must be a list' });
  res.json({ first: items[0].name });
});
app.post('/c', (req, res) => {
  const { items } = req.body || {};
  if (!Array.isArray(items)) return res.status(400).json({ error: 'items must be a list' });
  const first = items[0];
  if (!first) return res.status(400).json({ error: 'items must be a list' });
  res.json({ first: first.name, again: items[0].name });
});
app.post('/fires', (req, res) => {
  const { items } = req.body || {};
  if (!Array.isArray(items)) return res.status(400).json({ error: 'items must be a list' });
  if (!items[0]) console.log('empty');
  res.json({ first: items[0].name });
});
app.post('/fires-second', (req, res) => {
  const { items } = req.body || {};
  if (!Array.isArray(items) || !items[0]) return res.status(400).json({ error: 'items must be a list' });
  res.json({ second: items[1].name });
});
app.listen(3000);
