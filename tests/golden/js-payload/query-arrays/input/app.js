const express = require('express');
const app = express();

app.get('/photos', (req, res) => {
  const tags = Array.isArray(req.query.tag) ? req.query.tag : [req.query.tag];
  const ids = (req.query.ids ?? '').toString().split(',');
  res.json({ tags, ids });
});
app.listen(3000);
