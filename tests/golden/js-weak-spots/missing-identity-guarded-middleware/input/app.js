const express = require('express');
const app = express();
const users = new Map([['secret', { id: 1, name: 'Kim' }]]);

const requireUser = (req, res, next) => {
  const user = users.get(req.get('authorization') ?? '');
  if (!user) {
    return res.status(401).json({ error: 'sign in' });
  }
  req.user = user;
  next();
};

app.get('/profile', requireUser, (req, res) => {
  res.json({ name: req.user.name });
});
app.listen(process.env.PORT);
