const express = require('express');
const app = express();
app.use(express.json());

const config = { body: { hidden: 1 }, query: { also: 2 } };

app.post('/things', (req, res) => {
  const { body, query } = config;
  const reply = { body: { name: 'x' } };
  const given = req.body ?? {};
  given.stamp = Date.now();
  const keys = Object.keys(given).length;
  res.json({ hidden: body.hidden, also: query.also, name: reply.body.name, keys, has: given.hasOwnProperty('x') });
});
app.listen(3000);
