const express = require('express');
const { need } = require('./need');
const app = express();
app.use(express.json());

app.post('/keys', (req, res) => {
  const name = need(req.body, 'name');
  const owner = need(req.body, 'owner');
  res.status(201).json({ name, owner, label: req.body.label });
});
app.use((err, req, res, next) => res.status(err.status || 500).json({ error: err.message }));
app.listen(3000);
