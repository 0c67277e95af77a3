const express = require('express');
const app = express();
app.use(express.json());

app.post('/cart', (req, res) => {
  if (!Array.isArray(req.body.lines)) {
    return res.status(400).json({ error: 'lines must be an array' });
  }
  const skus = req.body.lines.map((line) => line.product.sku);
  res.json({ skus });
});
app.listen(process.env.PORT);
