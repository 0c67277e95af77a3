const express = require('express');
const app = express();

app.get('/find', (req, res) => {
  const { q } = req.query;
  if (q.length > 50) {
    return res.status(400).json({ error: 'q is too long' });
  }
  res.json({ q });
});
app.listen(process.env.PORT);
