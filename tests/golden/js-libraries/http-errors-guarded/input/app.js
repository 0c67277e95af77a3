const express = require('express');
const createError = require('http-errors');
const app = express();
app.use(express.json());
const users = new Map([['kim', { email: 'kim@example.org' }]]);
app.get('/users/:name', (req, res) => {
  const user = users.get(req.params.name);
  if (!user) {
    throw createError(404, 'no such user');
  }
  res.json({ email: user.email });
});
app.get('/emails/:name', (req, res, next) => {
  const user = users.get(req.params.name);
  if (!user) {
    return next(new createError.NotFound('no such user'));
  }
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
