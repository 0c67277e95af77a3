const express = require('express');
const app = express();

app.get('/search', (req, res) => {
  if (!req.query.q) {
    return res.status(400).json({ error: 'q is required' });
  }
  const words = req.query.q.split(' ');
  res.json({ words });
});

app.listen(process.env.PORT);
