const express = require('express');
const app = express();
const counters = new Map([['home', { hits: 0 }]]);

app.post('/hits', (req, res) => {
  const counter = counters.get(req.query.page);
  counter.hits += 1;
  res.json(counter);
});
app.listen(process.env.PORT);
