import express from 'express';

const app = express();
const orders = new Map([['a1', { total: 10 }]]);

app.get('/orders/:id/total', (req, res) => {
  const order = orders.get(req.params.id);
  res.json({ total: order.total });
});

app.listen(process.env.PORT);
