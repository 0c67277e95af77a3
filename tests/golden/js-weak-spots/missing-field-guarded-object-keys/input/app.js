const express = require('express');
const app = express();
app.use(express.json());

app.post('/labels', (req, res) => {
  res.json({ count: Object.keys(req.body.labels || {}).length });
});
app.post('/query', (req, res) => {
  res.json({ keys: Object.keys(req.query) });
});
app.post('/checked', (req, res) => {
  if (!req.body.labels) return res.sendStatus(400);
  res.json({ values: Object.values(req.body.labels) });
});
app.listen(process.env.PORT);
