const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id/total', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  res.json({ total: order.total });
});

app.listen(process.env.PORT);
