const express = require('express');
const app = express();
app.use(express.json());

app.post('/scores', (req, res) => {
  const { player, points, bonus, rounds, final } = req.body;
  if (typeof player !== 'string' || !Number.isInteger(points) || typeof bonus !== 'number') {
    return res.status(400).json({ error: 'bad score' });
  }
  if (!Array.isArray(rounds) || typeof final !== 'boolean') {
    return res.status(422).json({ error: 'bad rounds' });
  }
  res.status(201).json({ player, points, bonus, rounds, final });
});
app.listen(3000);
