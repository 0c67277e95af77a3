const express = require('express');
const app = express();

app.get('/pages', (req, res) => {
  const range = /^(\d+)-(\d+)$/.exec(req.query.range);
  res.json({ from: Number(range[1]), to: Number(range[2]) });
});
app.listen(process.env.PORT);
