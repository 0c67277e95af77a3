const express = require('express');
const Database = require('better-sqlite3');
const app = express();
app.use(express.json());
const db = new Database('shop.db');
const byName = db.prepare('SELECT email FROM users WHERE name = ?');
app.post('/login', (req, res) => {
  const { name } = req.body;
  const user = byName.get(name);
  res.json(user ?? null);
});
app.post('/both', (req, res) => {
  res.json(byName.all([String(req.body.name)]));
});
app.listen(process.env.PORT);
