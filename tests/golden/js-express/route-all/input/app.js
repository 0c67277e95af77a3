const express = require('express');
const app = express();

app.all('/internal/*rest', (req, res, next) => {
  res.set('cache-control', 'no-store');
  next();
});
app.all('/echo', (req, res) => res.send(req.method));
app.get('/internal/queue', (req, res) => res.json([]));
app.listen(3000);
