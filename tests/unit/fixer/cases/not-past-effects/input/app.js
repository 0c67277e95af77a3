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

app.post('/jobs', ⟦H|(req, res) => {
  res.json({ first: queue.shift(), job: ⟦F|⟦S|jobs.find(req.body.id)⟧.name⟧ });
}⟧);
