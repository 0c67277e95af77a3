const express = require('express');
const app = express();
app.use(express.json());

const total = (items) => items.map((item) => (item && item.price) || 0).reduce((a, b) => a + b, 0);

app.post('/totals', (req, res) => {
  if (!req.body.items) {
    return res.status(400).json({ error: 'items are required' });
  }
  res.json({ total: total(req.body.items) });
});
app.listen(process.env.PORT);
