const express = require('express');
const app = express();

app.get('/me', (req, res) => {
  const token = req.headers.authorization.split(' ')[1];
  res.json({ token });
});
app.listen(process.env.PORT);
