const express = require('express');
const db = require('./db');
const { found } = require('./checks');
const app = express();

app.get('/users/:id', async (req, res) => {
  const user = await db.users.get(req.params.id);
  found(user);
  res.json({ name: user.name });
});
app.get('/users/:id/email', async (req, res) => {
  const user = await db.users.get(req.params.id);
  found(user);
  res.json({ email: user.email });
});
app.get('/users/:id/phone', async (req, res) => {
  const user = await db.users.get(req.params.id);
  found(user);
  res.json({ phone: user.phone });
});
app.get('/users/:id/city', async (req, res) => {
  const user = await db.users.get(req.params.id);
  res.json({ city: user.city });
});
app.listen(process.env.PORT);
