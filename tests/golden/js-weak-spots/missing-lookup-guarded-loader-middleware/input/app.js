const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

function loadOrder(req, res, next) {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    return res.status(404).json({ error: 'not found' });
  }
  req.order = order;
  next();
}

app.get('/orders/:id', loadOrder, (req, res) => {
  res.json({ total: req.order.total });
});
app.listen(process.env.PORT);
