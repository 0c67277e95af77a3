const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();
app.use(express.json());
app.post('/refresh', (req, res) => {
  const errors = [];
  if (!req.body.token) {
    errors.push('No token');
  }
  if (errors.length) {
    res.status(400).json({ error: errors.join(', ') });
    return;
  }
  const verified = jwt.verify(req.body.token, 'secret');
  res.json({ id: verified.id });
});
app.listen(3000);
