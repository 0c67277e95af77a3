const express = require('express');
const app = express();
app.use(express.json());

app.post('/bulk', (req, res) => {
  if (!Array.isArray(req.body)) {
    return res.status(400).json({ error: 'an array is expected' });
  }
  res.json(req.body.filter(Boolean).map(({ id }) => id));
});
app.listen(3000);
