const express = require('express');
const { load } = require('./accounts');
const app = express();

app.get('/accounts/:id/balance', (req, res) => {
  load(req.params.id)
    .then((account) => {
      res.json({ balance: account.balance });
    });
});

app.listen(process.env.PORT);
