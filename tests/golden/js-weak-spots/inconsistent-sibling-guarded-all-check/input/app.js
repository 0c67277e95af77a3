const express = require('express');
const store = require('@company/store');
const app = express();

app.get('/orders/:id', async (req, res) => {
  const order = await store.orders.load(req.params.id);
  if (!order) return res.sendStatus(404);
  res.json({ total: order.total });
});
app.get('/orders/:id/lines', async (req, res) => {
  const order = await store.orders.load(req.params.id);
  if (!order) return res.sendStatus(404);
  res.json({ lines: order.lines });
});
app.get('/orders/:id/notes', async (req, res) => {
  const order = await store.orders.load(req.params.id);
  res.json({ notes: order?.notes ?? [] });
});
app.listen(process.env.PORT);
