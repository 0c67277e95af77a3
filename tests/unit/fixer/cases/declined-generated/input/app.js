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

app.get('/orders/:id/lines', ⟦H|(req, res) => {
  const order = orders.find(req.params.id);
  res.json(⟦F|⟦S|order⟧.lines⟧);
}⟧);
//# sourceMappingURL=app.js.map
