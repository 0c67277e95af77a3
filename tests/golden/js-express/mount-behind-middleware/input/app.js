const express = require('express');
const app = express();
const admin = express.Router();

function requireKey(req, res, next) {
  if (!req.get('x-key')) {
    return res.status(401).end();
  }
  next();
}

admin.get('/users', (req, res) => res.json([]));
app.use('/admin', express.json(), requireKey, admin);
app.listen(3000);
