const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();
app.use(express.json());
const posts = [{ id: 1, title: 'x', owner: 'a' }];

function maybeUser(req, res, next) {
  const header = req.headers.authorization;
  if (!header) return next();
  const token = header.split(' ')[1];
  try {
    req.user = jwt.verify(token, 'secret');
  } catch (e) {
    return res.status(401).json({ error: 'bad token' });
  }
  next();
}

app.get('/posts', maybeUser, (req, res) => {
  res.json(posts.filter((p) => !req.user || p.owner === req.user.name));
});
app.get('/a', (req, res) => {
  const auth = req.get('Authorization');
  res.json({ hello: auth ? 'you' : 'stranger' });
});
app.get('/b', (req, res) => {
  const token = req.headers['authorization']?.split(' ')[1];
  let user = null;
  if (token) {
    try { user = jwt.verify(token, 'secret'); } catch { user = null; }
  }
  res.json({ user });
});
app.listen(process.env.PORT || 3000);
