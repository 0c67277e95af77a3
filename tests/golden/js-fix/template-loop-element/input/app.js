const express = require('express');
const app = express();
app.use(express.json());

app.post('/cart', (req, res) => {
  const { lines } = req.body;
  if (!Array.isArray(lines)) {
    return res.status(400).json({ error: 'lines must be an array' });
  }
  const skus = [];
  for (const line of lines) {
    skus.push(line.sku);
  }
  res.json({ skus });
});

app.listen(process.env.PORT);
