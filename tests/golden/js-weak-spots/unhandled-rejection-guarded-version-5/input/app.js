const express = require('express');
const app = express();

const accounts = new Map([['1', { balance: 5 }]]);

async function load(id) {
  if (!accounts.has(id)) {
    throw Object.assign(new Error('no such account'), { status: 404 });
  }
  return accounts.get(id);
}

app.get('/accounts/:id', async (req, res) => {
  res.json(await load(req.params.id));
});
app.get('/balances/:id', (req, res) => load(req.params.id).then((account) => res.json(account)));
app.listen(process.env.PORT);
