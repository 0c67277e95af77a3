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

function parse(text) {
  return ⟦F|JSON.parse(⟦S|text⟧)⟧;
}

app.get('/search', ⟦H|(req, res) => {
  res.json(parse(req.query.filter));
}⟧);
