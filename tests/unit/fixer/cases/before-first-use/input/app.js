const express = require('express');
const orders = require('./orders');

const app = express();

app.get('/orders/:id', (req, res) => {
  const order = orders.find(req.params.id);
  if (!order) {
    ⟦M|return res.status(404).json({ error: 'order not found' });⟧
  }
  res.json(order);
});

app.delete('/orders/:id', ⟦H|(req, res) => {
  const order = orders.find(req.params.id);
  const now = Date.now();
  orders.splice(orders.indexOf(order), 1);
  res.json({ id: ⟦F|⟦S|order⟧.id⟧, now });
}⟧);
