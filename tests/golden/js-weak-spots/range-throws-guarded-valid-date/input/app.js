const express = require('express');
const app = express();

app.get('/since', (req, res) => {
  const since = new Date(req.query.date ?? 0);
  if (isNaN(since.getTime())) {
    return res.status(400).json({ error: 'date is not valid' });
  }
  res.json({ since: since.toISOString() });
});
app.get('/loose', (req, res) => {
  res.json({ since: new Date(req.query.date ?? 0).toJSON(), now: new Date().toISOString() });
});
app.listen(process.env.PORT);
