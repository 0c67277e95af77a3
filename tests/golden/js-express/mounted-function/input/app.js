const express = require('express');
const app = express();
app.use(express.json());
const items = [{ id: 1, name: 'a' }];
app.use('/items', function (req, res, next) {
  if (req.method === 'GET') return res.json(items);
  if (req.method === 'POST') {
    items.push({ id: items.length + 1, name: req.body.name.trim() });
    return res.status(201).json(items[items.length - 1]);
  }
  next();
});
app.use('/users', (req, res, next) => {
  switch (req.method) {
    case 'GET': res.json([]); break;
    case 'PUT': res.json(req.body.user.name); break;
    default: res.sendStatus(405);
  }
});
app.use((req, res) => res.status(404).json({ error: 'not found' }));
app.listen(3000);
