const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const { address, customer, gift } = req.body;
  const city = address && address.city;
  const name = customer ? customer.name : 'nobody';
  if (gift != null && gift.wrapped) {
    res.set('x-wrapped', 'yes');
  }
  if (!customer || !customer.vip) {
    res.set('x-vip', 'no');
  }
  res.status(201).json({ city, name });
});
app.listen(process.env.PORT);
