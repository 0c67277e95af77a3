const express = require('express');
const app = express();
const names = ['ann', 'bob'];

app.get('/names', (req, res) => {
  const pattern = new RegExp(req.query.like || '.', 'i');
  res.json(names.filter((name) => pattern.test(name)));
});
app.listen(process.env.PORT);
