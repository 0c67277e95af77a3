const express = require('express');
const app = express();

app.get('/search', (req, res) => {
  const term = String(req.query.q ?? '').trim();
  const lower = `${req.query.q}`.toLowerCase();
  res.json({ term, lower });
});
app.listen(process.env.PORT);
