const express = require('express');
const app = express();

app.get('/token', (req, res) => {
  const [, token] = req.headers.authorization.split(' ');
  res.json({ token });
});

app.listen(process.env.PORT);
