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

app.post('/sum', ⟦H|(req, res) => {
  let sum = 0;
  for (const value of ⟦F|⟦S|req.body.values⟧⟧) {
    sum += value;
  }
  res.json({ sum });
}⟧);
