const express = require('express');
const app = express();

app.get('/accounts/:number', (req, res) => {
  const number = BigInt(req.params.number);
  res.json({ even: number % 2n === 0n });
});
app.listen(process.env.PORT);
