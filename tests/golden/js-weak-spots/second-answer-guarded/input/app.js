const express = require('express');
const fs = require('fs');
const app = express();
app.use(express.json());
const users = [{ id: 1, name: 'Ann' }];

app.get('/users/:id', (req, res) => {
  const user = users.find((one) => one.id === parseInt(req.params.id));
  if (user) return res.json(user);
  res.status(404).json({ message: 'no such user' });
});
app.get('/else/:id', (req, res) => {
  const user = users.find((one) => one.id === parseInt(req.params.id));
  if (user) {
    res.json(user);
  } else {
    res.status(404).json({ message: 'no such user' });
  }
});
app.post('/flag', (req, res) => {
  let sent = false;
  if (!req.body.name) {
    res.status(400).send('name?');
    sent = true;
  }
  if (!sent) res.sendStatus(201);
});
app.get('/stream', (req, res) => {
  const stream = fs.createReadStream('rows.json');
  stream.on('error', () => res.status(500).send('no rows'));
  stream.on('end', () => res.send('done'));
});
app.get('/try', (req, res) => {
  try {
    res.json(JSON.parse(fs.readFileSync('rows.json', 'utf8')));
  } catch (error) {
    res.status(500).json({ error: 'no rows' });
  }
});
app.get('/switch/:kind', (req, res) => {
  switch (req.params.kind) {
    case 'a':
      res.json({ a: 1 });
      break;
    default:
      res.sendStatus(404);
  }
});
app.listen(process.env.PORT);
