const express = require('express');
const Database = require('better-sqlite3');
const app = express();
app.use(express.json());
const db = new Database('shop.db');
app.get('/users/:name', (req, res) => {
  const user = db.prepare('SELECT email FROM users WHERE name = ?').get(req.params.name);
  if (!user) {
    return res.sendStatus(404);
  }
  const rows = db.prepare('SELECT total FROM orders').all();
  res.json({ email: user.email, totals: rows.map((row) => row.total) });
});
app.listen(process.env.PORT);
