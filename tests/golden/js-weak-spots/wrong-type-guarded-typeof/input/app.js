const express = require('express');
const app = express();
app.use(express.json());

app.get('/search', (req, res) => {
  const { q } = req.query;
  if (typeof q !== 'string') {
    return res.status(400).json({ error: 'q must be given once' });
  }
  res.json({ term: q.trim() });
});
app.post('/coupons', (req, res) => {
  const code = typeof req.body.code === 'string' ? req.body.code.toUpperCase() : null;
  res.status(201).json({ code });
});
app.listen(process.env.PORT);
