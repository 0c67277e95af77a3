const express = require('express');
const app = express();

app.get('/since', (req, res) => {
  const since = new Date(req.query.date ?? 0);
  res.json({ since: since.toISOString() });
});
app.listen(process.env.PORT);
