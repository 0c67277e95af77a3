const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const { customer = {} } = req.body;
  res.status(201).json({ email: customer.email });
});
app.listen(process.env.PORT);
