const express = require('express');
const Database = require('better-sqlite3');
const app = express();
app.use(express.json());
const db = new Database('shop.db');
const byName = db.prepare('SELECT email FROM users WHERE name = ?');
app.get('/users/:name', (req, res) => {
  res.json({ email: byName.get(req.params.name).email });
});
app.listen(process.env.PORT);
