const express = require('express');
const app = express();

async function load(id) {
  if (id !== '1') {
    throw Object.assign(new Error('no such account'), { status: 404 });
  }
  return { balance: 5 };
}

app.get('/a/:id', async (req, res, next) => {
  try {
    res.json(await load(req.params.id));
  } catch (err) {
    next(err);
  }
});
app.get('/b/:id', (req, res, next) => {
  load(req.params.id)
    .then((account) => res.json(account))
    .catch(next);
});
app.get('/c/:id', (req, res, next) => {
  load(req.params.id).then((account) => res.json(account), next);
});
app.listen(process.env.PORT);
