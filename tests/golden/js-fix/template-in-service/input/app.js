const express = require('express');
const { quote } = require('./shipping');
const app = express();
app.use(express.json());

app.post('/quotes', (req, res) => {
  const { weight, address } = req.body ?? {};
  if (typeof weight !== 'number') {
    return res.status(400).json({ error: 'weight must be a number' });
  }
  res.json({ price: quote(weight, address) });
});

app.listen(process.env.PORT);
