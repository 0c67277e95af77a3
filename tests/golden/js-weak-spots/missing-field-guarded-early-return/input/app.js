const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const { address, customer } = req.body;
  if (!address || !customer) {
    return res.status(400).json({ error: 'address and customer are required' });
  }
  res.status(201).json({ city: address.city, email: customer.email });
});
app.listen(process.env.PORT);
