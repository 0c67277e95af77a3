const express = require('express');
const app = express();
const rates = new Map([['de', { percent: 19 }]]);
const FALLBACK = { percent: 20 };
const hits = new Map();

app.get('/rates/:country', (req, res) => {
  const rate = rates.get(req.params.country) ?? FALLBACK;
  const again = rates.get(req.params.country) || { percent: 0 };
  res.json({ percent: rate.percent, again: again.percent });
});
app.post('/hits/:page', (req, res) => {
  let entry = hits.get(req.params.page);
  if (!entry) {
    entry = { count: 0 };
    hits.set(req.params.page, entry);
  }
  entry.count += 1;
  res.json(entry);
});
app.listen(process.env.PORT);
