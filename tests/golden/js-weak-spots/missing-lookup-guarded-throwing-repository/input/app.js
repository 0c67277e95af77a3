const express = require('express');
const repository = require('./repository');
const app = express();

app.get('/orders/:id', async (req, res) => {
  const order = await repository.get(req.params.id);
  res.json({ total: order.total });
});
app.use((err, req, res, next) => {
  res.status(err.statusCode ?? 500).json({ message: err.message });
});
app.listen(process.env.PORT);
