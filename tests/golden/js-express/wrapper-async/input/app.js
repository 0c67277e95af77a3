const express = require('express');
const wrap = require('./wrap');

const app = express();
const load = async (req, res) => res.json(await Promise.resolve([]));

app.get('/rows', wrap(load));
app.get('/rows/:id', wrap(async (req, res) => {
  res.json({ id: req.params.id });
}));
app.listen(3000);
