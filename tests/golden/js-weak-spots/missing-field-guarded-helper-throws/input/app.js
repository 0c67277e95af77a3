const express = require('express');
const { required } = require('./checks');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  required(req.body, 'address');
  res.status(201).json({ city: req.body.address.city });
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message });
});
app.listen(process.env.PORT);
