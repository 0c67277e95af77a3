// Calls that never come back, wherever they stand: they have no state to go on with.
const express = require('express');
const _ = require('lodash');
const fs = require('fs');
const app = express();
app.get('/a', (req, res) => {
  _.forEach([1, 2], () => { throw new Error('stop'); });
  res.json({ ok: true });
});
app.get('/b', (req, res) => {
  _.map([1, 2], () => process.exit(1));
  res.json({ ok: true });
});
app.get('/c', (req, res) => {
  res.json(_.chain([1]).map(() => { throw new Error('stop'); }).value());
});
app.get('/d', (req, res) => {
  [1].map(() => process.exit(1)).filter((x) => x);
  res.json({ ok: true });
});
app.get('/e', (req, res) => {
  unknown.thing([1], () => { throw new Error('x'); }, () => process.exit(1)).then((x) => x.y);
  res.json({ ok: true });
});
app.get('/f', (req, res) => {
  fs.readFile('x', () => process.exit(1));
  _.find(req.query.list, () => process.exit(2)).name;
  res.json({ ok: true });
});
app.get('/g', (req, res) => {
  const each = req.query.fast ? _.forEach : _.map;
  each([1], () => process.exit(1));
  res.json({ ok: true });
});
app.listen(3000);
