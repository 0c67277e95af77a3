const express = require('express');
const app = express();
app.use(express.json());
const users = [{ id: 1, name: 'Ann' }];

app.get('/users/:id', (req, res) => {
  const user = users.find((one) => one.id === parseInt(req.params.id));
  if (user) {
    res.json(user);
  }
  res.status(404).json({ message: 'no such user' });
});
app.post('/users', (req, res) => {
  if (!req.body.name) res.status(400).send('name?');
  users.push(req.body);
  res.status(201).send(req.body);
});
app.listen(process.env.PORT);
