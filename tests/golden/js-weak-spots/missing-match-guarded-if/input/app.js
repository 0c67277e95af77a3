const express = require('express');
const app = express();

app.get('/pages', (req, res) => {
  const range = /^(\d+)-(\d+)$/.exec(req.query.range);
  if (range === null) {
    return res.status(400).json({ error: 'range must look like 1-10' });
  }
  const [, from, to] = range;
  res.json({ from, to });
});
app.listen(process.env.PORT);
