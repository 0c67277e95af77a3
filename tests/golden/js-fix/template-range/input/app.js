const express = require('express');
const app = express();

app.get('/pi', (req, res) => {
  const digits = Number(req.query.digits ?? 2);
  res.json({ pi: Math.PI.toFixed(digits) });
});

app.listen(process.env.PORT);
