const express = require('express');
const app = express();
app.use(express.json());

app.post('/shapes', (req, res) => {
  const { name, ratio, points, born } = req.body;
  if (!name || !ratio || !points || !born) {
    return res.status(400).json({ error: 'incomplete' });
  }
  res.json({ name: name.trim(), ratio: ratio.toFixed(2), points: points.map((p) => p), year: born.slice(0, 4) });
});
app.listen(3000);
