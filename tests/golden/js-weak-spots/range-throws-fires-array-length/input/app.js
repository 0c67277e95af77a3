const express = require('express');
const app = express();

app.get('/grid/:size', (req, res) => {
  const size = Number(req.params.size);
  const row = new Array(size);
  res.json({ cells: row.length });
});
app.listen(process.env.PORT);
