const express = require('express');
const app = express();
app.use(express.json());
const table = new Map();
table.set('GET:/cars', (req, res) => res.json([]));
table.set('POST:/cars', (req, res) => res.status(201).json({ plate: req.body.plate.trim() }));
app.use((req, res, next) => {
  const handler = table.get(req.method + ':' + req.path);
  if (handler) return handler(req, res, next);
  next();
});
app.listen(3000);
const t2 = new Map([['/ships', (req, res) => res.json([])], ['/ships/new', (req, res) => res.json(req.body.a.b)]]);
for (const [p, h] of t2) app.post(p, h);
new Map([['/boats', (req, res) => res.json([])]]).forEach((h, p) => app.get(p, h));
const t3 = new Map([['/trains', (req, res) => res.json([])]]);
app.use((req, res, next) => {
  if (!t3.has(req.path)) return next();
  t3.get(req.path)(req, res);
});
const t4 = { '/planes': (req, res) => res.json([]) };
app.use('/fly', (req, res, next) => {
  if (!(req.path in t4)) return next();
  t4[req.path](req, res);
});
