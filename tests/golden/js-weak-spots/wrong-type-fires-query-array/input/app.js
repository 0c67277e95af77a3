const express = require('express');
const app = express();

app.get('/search', (req, res) => {
  const { q } = req.query;
  if (!q) {
    return res.status(400).json({ error: 'q is required' });
  }
  res.json({ term: q.trim() });
});
app.listen(process.env.PORT);
