const express = require('express');
const app = express();

app.get('/items', (req, res) => {
  res.json({ filter: JSON.parse(req.query.filter ?? '{}') });
});
app.use((err, req, res, next) => {
  if (err instanceof SyntaxError) {
    return res.status(400).json({ error: 'malformed JSON' });
  }
  res.status(500).json({ error: 'internal' });
});
app.listen(process.env.PORT);
