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

app.get('/weather', ⟦H|(req, res) => {
  const user = users.get(req.query.user);
  const city = req.query.city ?? ⟦F|⟦S|user⟧.city⟧ ?? 'Wien';
  res.json({ city });
}⟧);
