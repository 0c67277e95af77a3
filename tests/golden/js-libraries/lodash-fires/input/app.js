const express = require('express');
const _ = require('lodash');
const app = express();
app.use(express.json());
const users = [{ name: 'Kim', email: 'kim@example.org' }];
app.get('/users/:name', (req, res) => {
  const user = _.find(users, (one) => one.name === req.params.name);
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
