const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];
const byId = new Map(orders.map((order) => [order.id, order]));

app.get('/a/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) return res.sendStatus(404);
  res.json({ total: order.total });
});
app.get('/b/:id', (req, res) => {
  const order = byId.get(req.params.id);
  if (order === undefined) {
    res.status(404).end();
  } else {
    res.json({ total: order.total });
  }
});
app.get('/c/:id', (req, res) => {
  const order = byId.get(req.params.id);
  if (order) {
    return res.json({ total: order.total });
  }
  res.status(404).end();
});
app.get('/d/:id', (req, res) => {
  const order = byId.get(req.params.id);
  if (typeof order === 'undefined' || order == null) throw Object.assign(new Error('none'), { status: 404 });
  res.json({ total: order.total });
});
app.listen(process.env.PORT);
