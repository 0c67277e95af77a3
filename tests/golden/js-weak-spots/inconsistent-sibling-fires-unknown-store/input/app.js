const express = require('express');
const store = require('@company/store');
const app = express();
app.use(express.json());

app.get('/orders/:id', async (req, res) => {
  const order = await store.orders.load(req.params.id);
  if (!order) {
    return res.status(404).json({ error: 'not found' });
  }
  res.json({ total: order.total });
});
app.delete('/orders/:id', async (req, res) => {
  const order = await store.orders.load(req.params.id);
  if (!order) {
    return res.status(404).json({ error: 'not found' });
  }
  await order.remove();
  res.sendStatus(204);
});
app.post('/orders/:id/cancel', async (req, res) => {
  const order = await store.orders.load(req.params.id);
  if (!order) {
    return res.status(404).json({ error: 'not found' });
  }
  order.cancelled = true;
  res.json({ cancelled: order.cancelled });
});
app.get('/orders/:id/lines', async (req, res) => {
  const order = await store.orders.load(req.params.id);
  res.json({ lines: order.lines });
});
app.listen(process.env.PORT);
