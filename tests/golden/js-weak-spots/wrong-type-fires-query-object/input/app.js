const express = require('express');
const app = express();

app.get('/search', (req, res) => {
  const { q = '' } = req.query;
  res.json({ parts: q.split(',') });
});
app.listen(process.env.PORT);
