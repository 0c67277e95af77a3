const express = require('express');
const app = express();
const tryRoute = (c) => {
  if (c && c.constructor && c.constructor.name === 'AsyncFunction') {
    return async (req, res, next) => { try { await c(req, res, next); } catch (err) { next(err); } };
  }
  return c;
};
app.get('/a', tryRoute(async (req, res) => { if (!req.query.x) throw new Error('no x'); res.json({}); }));
app.get('/b', tryRoute((req, res) => res.json({})));
app.listen(3000);
