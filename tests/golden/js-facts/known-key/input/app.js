// A key that start-up code knows, and a text that has to be JSON: what a request may say there.
const express = require('express');
const app = express();
app.use(express.json());
const prices = new Map([['xray', 120], ['blood', 35]]);
const zones = [{ name: 'local', factor: 1 }, { name: 'sea', factor: 3 }];
const keys = { desk: { name: 'Noor' } };

app.post('/prices', (req, res) => {
  const price = prices.get(req.body.code);
  if (price === undefined) return res.status(404).json({ error: 'no price' });
  res.json({ price });
});
app.post('/zones', (req, res) => {
  const zone = zones.find((one) => one.name === req.body.zone);
  if (!zone) return res.status(404).json({ error: 'no zone' });
  res.json({ factor: zone.factor });
});
app.post('/rules', (req, res) => {
  try {
    res.json(JSON.parse(req.body.rules));
  } catch {
    throw Object.assign(new Error('rules must be JSON'), { status: 400 });
  }
});
app.get('/desk', (req, res) => {
  const key = req.headers['x-key'];
  if (typeof key !== 'string' || !Object.hasOwn(keys, key)) return res.status(401).json({ error: 'who is it?' });
  res.json({ name: keys[key].name });
});
app.listen(process.env.PORT);
