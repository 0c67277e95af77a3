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

app.get('/orders/:id/tracking', ⟦H|(request, response) => {
  const order = orders.find(request.params.id);
  // the carrier's own code
  const code = ⟦F|⟦S|order⟧.shipment⟧.code;
  response.json({ code });
}⟧);
