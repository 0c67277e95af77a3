const express = require('express');
const app = express();

const accounts = new Map([['1', { balance: 5 }]]);

async function load(id) {
  if (!accounts.has(id)) {
    throw new Error('no such account');
  }
  return accounts.get(id);
}

app.get('/accounts/:id', async (req, res) => {
  const account = await load(req.params.id);
  res.json(account);
});
app.use((err, req, res, next) => {
  res.status(404).json({ error: err.message });
});
app.listen(process.env.PORT);
