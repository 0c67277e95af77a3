const express = require('express');
const app = express();
app.use(express.json());

app.post('/totals', (req, res) => {
  if (!Array.isArray(req.body.items)) {
    return res.status(400).json({ error: 'items must be an array' });
  }
  res.json({ count: req.body.items.map((item) => item).length });
});
app.get('/tags', (req, res) => {
  const tags = [].concat(req.query.tag ?? []);
  res.json({ tags: tags.map((tag) => `#${tag}`) });
});
app.listen(process.env.PORT);
