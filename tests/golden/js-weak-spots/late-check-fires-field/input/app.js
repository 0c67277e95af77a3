const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const { customer } = req.body;
  const { email } = customer;
  if (!customer) {
    return res.status(400).json({ error: 'customer is required' });
  }
  res.status(201).json({ email });
});
app.listen(process.env.PORT);
