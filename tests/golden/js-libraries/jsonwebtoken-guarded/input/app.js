const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();
app.use(express.json());
app.get('/me', (req, res) => {
  let payload;
  try {
    payload = jwt.verify(req.get('x-token'), process.env.SECRET);
  } catch {
    return res.status(401).json({ error: 'sign in' });
  }
  res.json({ name: payload.name });
});
app.get('/peek', (req, res) => {
  const payload = jwt.decode(req.get('x-token'));
  res.json({ name: payload ? payload.name : null });
});
app.listen(process.env.PORT);
