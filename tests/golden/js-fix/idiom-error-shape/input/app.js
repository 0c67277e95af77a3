const express = require('express');
const app = express();
app.use(express.json());
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    return res.status(404).json({ success: false, error: { code: 404, message: 'Order not found' } });
  }
  res.json({ success: true, order });
});

app.post('/orders', (req, res) => {
  if (!req.body || typeof req.body.total !== 'number') {
    return res.status(400).json({ success: false, error: { code: 400, message: 'total must be a number' } });
  }
  res.status(201).json({ success: true, order: { total: req.body.total } });
});

app.get('/orders/:id/total', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  res.json({ success: true, total: order.total });
});

app.listen(process.env.PORT);
