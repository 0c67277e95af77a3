const express = require('express');
const app = express();

app.get('/items', (req, res) => {
  if (typeof req.query.filter !== 'string') {
    return res.status(400).json({ error: 'filter is required' });
  }
  const filter = JSON.parse(req.query.filter);
  res.json({ filter });
});

app.listen(process.env.PORT);
