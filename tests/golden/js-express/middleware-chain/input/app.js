const express = require('express');
const app = express();

const log = (req, res, next) => next();
const auth = [log, (req, res, next) => next()];

app.post('/upload', log, auth, [express.json(), express.urlencoded()], (req, res) => {
  res.sendStatus(202);
});
app.get('/twice', (req, res, next) => next('route'));
app.get('/twice', (req, res) => res.send('second'));
app.listen(3000);
