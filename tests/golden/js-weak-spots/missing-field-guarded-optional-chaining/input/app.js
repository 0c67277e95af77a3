const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const city = req.body.address?.city?.name ?? 'unknown';
  const first = req.body.items?.[0]?.sku;
  res.status(201).json({ city, first });
});
app.listen(process.env.PORT);
