const express = require('express');
const app = express();
app.use(express.json());

app.post('/parcels', (req, res) => {
  const input = req.body;
  const { to: recipient, size: { width: w = 1 } = {} } = input;
  const same = input;
  res.status(201).json({ recipient, w, weight: same.weight });
});
app.listen(3000);
