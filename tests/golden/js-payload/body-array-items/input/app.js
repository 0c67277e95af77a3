const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const { lines, coupons, gifts } = req.body;
  if (!Array.isArray(lines) || !Array.isArray(coupons) || !Array.isArray(gifts)) {
    return res.status(400).json({ error: 'lines, coupons and gifts are arrays' });
  }
  const skus = lines.map((line) => line.sku);
  const codes = [];
  for (const { code } of coupons) {
    codes.push(code);
  }
  gifts.forEach(function (gift) {
    codes.push(gift.to.name);
  });
  res.status(201).json({ skus, codes });
});
app.listen(3000);
