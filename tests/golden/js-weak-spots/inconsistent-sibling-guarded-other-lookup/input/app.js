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
app.get('/settings', async (req, res) => {
  const settings = await store.settings.current();
  res.json({ theme: settings.theme });
});
app.listen(process.env.PORT);
