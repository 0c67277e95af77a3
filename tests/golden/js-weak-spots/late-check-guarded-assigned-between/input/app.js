const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10, next: null }];

app.get('/orders', (req, res) => {
  let order = { total: 0, next: orders.find((o) => o.id === req.query.id) };
  let sum = order.total;
  order = order.next;
  if (!order) {
    return res.json({ sum });
  }
  sum += order.total;
  res.json({ sum });
});
app.listen(process.env.PORT);
