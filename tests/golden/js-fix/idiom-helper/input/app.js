const express = require('express');
const { fail } = require('./reply');
const app = express();
app.use(express.json());
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    return fail(res, 404, 'Order not found');
  }
  res.json({ data: order });
});

app.post('/orders', (req, res) => {
  if (typeof req.body?.total !== 'number') {
    return fail(res, 400, 'total must be a number');
  }
  res.status(201).json({ data: req.body.total });
});

app.delete('/orders/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  orders.splice(orders.indexOf(order), 1);
  res.json({ data: order.id });
});

app.listen(process.env.PORT);
