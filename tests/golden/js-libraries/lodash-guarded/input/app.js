const express = require('express');
const _ = require('lodash');
const app = express();
app.use(express.json());
const users = [{ name: 'Kim', email: 'kim@example.org' }];
app.get('/users/:name', (req, res) => {
  const user = _.find(users, (one) => one.name === req.params.name);
  if (_.isNil(user)) {
    return res.sendStatus(404);
  }
  res.json({ email: user.email, city: _.get(req.query, 'address.city', 'none'), names: _.map(users, 'name') });
});
app.get('/trim', (req, res) => {
  res.json({ text: _.trim(req.query.text), words: _.words(req.query.text).length });
});
app.listen(process.env.PORT);
