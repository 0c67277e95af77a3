// A test of records[key] holds for the next read of records[key], also after an entry was made.
const express = require('express');
const app = express();
app.use(express.json());
const carts = {};

app.post('/carts/:owner', (req, res) => {
  if (!carts[req.params.owner]) {
    carts[req.params.owner] = { lines: [] };
  }
  carts[req.params.owner].lines.push(req.body);
  res.status(201).json(carts[req.params.owner]);
});
app.get('/carts/:owner', (req, res) => {
  res.json(carts[req.params.owner] ? carts[req.params.owner].lines : []);
});
app.delete('/carts/:owner', (req, res) => {
  const { owner } = req.params;
  if (carts[owner]) {
    carts[owner].lines.length = 0;
  }
  res.sendStatus(204);
});
app.listen(process.env.PORT);
