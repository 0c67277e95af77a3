const express = require('express');
const app = express();
const users = { secret: { id: 1, name: 'Kim' } };

app.use((req, res, next) => {
  const token = req.get('authorization');
  if (token && Object.hasOwn(users, token)) {
    req.user = users[token];
  }
  next();
});
app.get('/profile', (req, res) => {
  res.json({ name: req.user.name });
});
app.listen(process.env.PORT);
