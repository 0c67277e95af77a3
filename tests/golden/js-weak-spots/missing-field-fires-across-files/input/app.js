const express = require('express');
const { deliver } = require('./delivery');
const app = express();
app.use(express.json());

app.post('/deliveries', (req, res) => {
  const { items, to } = req.body;
  if (!items) {
    return res.status(400).json({ error: 'items required' });
  }
  res.status(201).json(deliver(items, to));
});
app.listen(process.env.PORT);
