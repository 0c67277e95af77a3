const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();
app.use(express.json());
app.get('/me', (req, res) => {
  const payload = jwt.verify(req.get('x-token'), process.env.SECRET);
  res.json({ name: payload.name });
});
app.get('/peek', (req, res) => {
  res.json({ name: jwt.decode(req.get('x-token')).name });
});
app.listen(process.env.PORT);
