const express = require('express');
const app = express();
const stock = new Map([['a', { count: 1 }]]);
const list = [{ id: 'a', n: 1 }];

app.get('/stock/:sku', (req, res) => {
  if (!stock.has(req.params.sku)) {
    return res.sendStatus(404);
  }
  res.json({ count: stock.get(req.params.sku).count });
});
app.get('/list/:id', (req, res) => {
  const at = list.findIndex((item) => item.id === req.params.id);
  if (at === -1) {
    return res.sendStatus(404);
  }
  res.json({ n: list[at].n });
});
app.listen(process.env.PORT);
