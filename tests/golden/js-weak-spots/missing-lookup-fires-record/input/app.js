const express = require('express');
const app = express();
app.use(express.json());
const rates = { eur: { factor: 1 }, usd: { factor: 1.1 } };

app.get('/convert/:currency', (req, res) => {
  const rate = rates[req.params.currency];
  res.json({ amount: 100 * rate.factor });
});
app.listen(process.env.PORT);
