const express = require('express');
const app = express();

app.get('/items', (req, res) => {
  const filter = JSON.parse(req.query.filter ?? '{}');
  res.json({ filter });
});
app.listen(process.env.PORT);
