const express = require('express');
const app = express();

app.get('/me', (req, res) => {
  if (!req.headers.authorization) {
    return res.status(401).end();
  }
  const [scheme, token] = req.headers.authorization.split(' ');
  res.json({ scheme, token });
});
app.get('/you', (req, res) => {
  const header = req.get('Authorization') || '';
  res.json({ token: header.replace('Bearer ', '') });
});
app.listen(process.env.PORT);
