const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    return res.sendStatus(404);
  }
  const { total } = order;
  if (order && total > 5) {
    res.set('x-large', 'yes');
  }
  res.json({ total });
});
app.listen(process.env.PORT);
