const express = require('express');
const HttpError = require('./http-error');
const orders = require('./orders');

const app = express();

app.get('/orders/:id', (req, res) => {
  const order = orders.find(req.params.id);
  if (!order) {
    ⟦M|throw new HttpError(404, 'Order not found');⟧
  }
  res.json(order);
});

app.put('/orders/:id', ⟦H|(req, res) => {
  const order = orders.find(req.params.id);
  const before = ⟦F|⟦S|order⟧.quantity⟧; // for the log
  if (⟦R|!order⟧) {
    throw new HttpError(404, 'Order not found');
  }
  res.json({ before });
}⟧);
