const express = require('express');
const { convert } = require('./rates');
const app = express();

app.get('/rates/:currency', (req, res) => {
  convert(req.params.currency).then((rate) => {
    res.json({ rate });
  });
});
app.listen(process.env.PORT);
