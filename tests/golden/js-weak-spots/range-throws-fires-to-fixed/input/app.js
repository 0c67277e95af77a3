const express = require('express');
const app = express();

app.get('/pi', (req, res) => {
  const digits = Number(req.query.digits || 2);
  res.send(Math.PI.toFixed(digits));
});
app.listen(process.env.PORT);
