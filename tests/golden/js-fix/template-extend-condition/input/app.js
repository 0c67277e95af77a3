const express = require('express');
const app = express();
const orders = [{ id: 'a1', open: true }];

app.get('/orders/:id/open', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order.open) {
    return res.status(409).json({ error: 'the order is closed' });
  }
  res.json({ open: true });
});

app.listen(process.env.PORT);
