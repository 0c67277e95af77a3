const express = require('express');
const app = express();
app.use(express.json());
const handlers = {
  'GET /books': (req, res) => res.json([]),
  'POST /books': (req, res) => res.status(201).json({ title: req.body.title.toUpperCase() }),
};
app.use((req, res, next) => {
  const h = handlers[`${req.method} ${req.path}`];
  if (!h) return next();
  h(req, res);
});
app.listen(3000);
