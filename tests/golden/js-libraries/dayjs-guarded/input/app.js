const express = require('express');
const dayjs = require('dayjs');
const app = express();
app.use(express.json());
app.get('/day', (req, res) => {
  const day = dayjs(req.query.date);
  if (!day.isValid()) {
    return res.status(400).json({ error: 'date is invalid' });
  }
  res.json({ day: day.toISOString() });
});
app.get('/show', (req, res) => {
  res.json({ day: dayjs(req.query.date).format('YYYY-MM-DD') });
});
app.listen(process.env.PORT);
