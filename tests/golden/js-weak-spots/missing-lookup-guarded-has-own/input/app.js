const express = require('express');
const app = express();
const roles = { admin: { rank: 1 }, clerk: { rank: 2 } };

app.get('/roles/:name', (req, res) => {
  if (!Object.hasOwn(roles, req.params.name)) return res.status(404).json({ error: 'no such role' });
  res.json({ rank: roles[req.params.name].rank });
});
app.get('/ranks', (req, res) => {
  const { role } = req.query;
  if (typeof role !== 'string' || !roles.hasOwnProperty(role)) return res.status(400).json({ error: 'role is unknown' });
  res.json({ rank: roles[role].rank });
});
app.listen(process.env.PORT);
