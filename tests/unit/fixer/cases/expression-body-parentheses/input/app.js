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

app.get('/orders/:id/tracking', ⟦H|(req, res) => {
  const find = (id) => ({ code: ⟦F|⟦S|orders.find(id)⟧.shipment⟧ });
  res.json(find(req.params.id));
}⟧);

module.exports = app;
