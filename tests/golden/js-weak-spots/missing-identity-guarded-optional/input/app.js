const express = require('express');
const app = express();

app.use((req, res, next) => {
  req.user = req.get('authorization') === 'secret' ? { name: 'Kim' } : undefined;
  next();
});
app.get('/hello', (req, res) => {
  const token = req.headers.authorization?.split(' ').pop();
  res.json({ name: req.user?.name ?? 'guest', token: token ?? null });
});
app.listen(process.env.PORT);
