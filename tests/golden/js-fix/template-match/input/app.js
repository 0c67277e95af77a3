const express = require('express');
const app = express();

app.get('/pages/:range', (req, res) => {
  const [, from, to] = req.params.range.match(/^(\d+)-(\d+)$/);
  res.json({ from, to });
});

app.listen(process.env.PORT);
