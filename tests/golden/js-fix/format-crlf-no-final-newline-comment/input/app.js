const express = require('express');
const app = express();
const orders = new Map([['a1', { total: 10 }]]);

app.get('/orders/:id/total', (req, res) => {
  const order = orders.get(req.params.id); // may be archived
  // the total includes shipping
  res.json({ total: order.total });
});

app.listen(process.env.PORT); // the end