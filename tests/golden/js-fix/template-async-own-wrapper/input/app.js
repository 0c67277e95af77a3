const express = require('express');
const asyncHandler = require('./async-handler');
const { load } = require('./accounts');
const app = express();

app.get('/accounts/:id', asyncHandler(async (req, res) => {
  res.json(await load(req.params.id));
}));

app.get('/accounts/:id/balance', async (req, res) => {
  const account = await load(req.params.id);
  res.json({ balance: account.balance });
});

app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message });
});

app.listen(process.env.PORT);
