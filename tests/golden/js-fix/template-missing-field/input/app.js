const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const { items, address } = req.body;
  if (!Array.isArray(items)) {
    return res.status(400).json({ error: 'items must be an array' });
  }
  const city = address.city;
  res.status(201).json({ count: items.length, city });
});

app.listen(process.env.PORT);
