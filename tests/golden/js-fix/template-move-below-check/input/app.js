const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10, currency: 'EUR' }];

app.get('/orders/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  const total = `${order.total} ${order.currency}`;
  if (!order) {
    return res.status(404).json({ error: 'order not found' });
  }
  res.json({ total });
});

app.listen(process.env.PORT);
