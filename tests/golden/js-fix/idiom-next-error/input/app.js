const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

function createError(status, message) {
  return Object.assign(new Error(message), { status });
}

app.get('/orders/:id', (req, res, next) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    return next(createError(404, 'order not found'));
  }
  res.json(order);
});

app.get('/orders/:id/total', (req, res, next) => {
  const order = orders.find((o) => o.id === req.params.id);
  res.json({ total: order.total });
});

app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message });
});

app.listen(process.env.PORT);
