const express = require('express');
const app = express();
app.use(express.json());

app.post('/rides', (req, res) => {
  const { from, to, seats, comment } = req.body;
  if (!from || to === undefined) {
    return res.status(400).json({ error: 'from and to are required' });
  }
  if (seats == null) {
    res.status(422).json({ error: 'seats are required' });
    return;
  }
  if (!comment) {
    console.log('no comment');
  }
  res.status(201).json({ from, to, seats, comment });
});
app.listen(3000);
