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

app.get('/search', ⟦H|(req, res) => {
  const { id, name } = ⟦F|JSON.parse(⟦S|req.query.filter⟧)⟧;
  res.json({ id, name });
}⟧);
