const express = require('express');
const HttpError = require('./http-error');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    throw new HttpError(404, 'Order not found');
  }
  res.json(order);
});

app.get('/orders/:id/total', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  res.json({ total: order.total });
});

app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ title: err.message, status: err.status || 500 });
});

app.listen(process.env.PORT);
