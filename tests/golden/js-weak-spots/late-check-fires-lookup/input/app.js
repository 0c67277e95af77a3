const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  console.log('order of', order.total);
  if (!order) {
    return res.sendStatus(404);
  }
  res.json(order);
});
app.listen(process.env.PORT);
