const express = require('express');
const app = express();

app.get('/pi', (req, res) => {
  const digits = Number(req.query.digits ?? 2);
  if (!Number.isInteger(digits) || digits < 0 || digits > 20) {
    return res.status(400).json({ error: 'digits must be 0 to 20' });
  }
  res.send(Math.PI.toFixed(digits));
});
app.listen(process.env.PORT);
