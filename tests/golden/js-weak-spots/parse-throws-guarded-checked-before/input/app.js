const express = require('express');
const app = express();

app.get('/accounts/:number', (req, res) => {
  if (!/^\d{1,20}$/.test(req.params.number)) {
    return res.status(400).json({ error: 'number must be digits' });
  }
  res.json({ even: BigInt(req.params.number) % 2n === 0n });
});
app.get('/host', (req, res) => {
  if (!URL.canParse(req.query.url)) {
    return res.status(400).json({ error: 'url is not valid' });
  }
  res.json({ host: new URL(req.query.url).host });
});
app.listen(process.env.PORT);
