const express = require('express');
const sqlite3 = require('sqlite3').verbose();
const app = express();
const db = new sqlite3.Database(':memory:');
app.get('/row/:id', (req, res, next) => {
  db.get('SELECT * FROM pets WHERE id = ?', [req.params.id], (err, row) => {
    if (err) return next(err);
    res.json({ name: row.name });
  });
});
app.get('/rows/:name', (req, res, next) => {
  db.all('SELECT * FROM pets WHERE name = ?', [req.params.name], (err, rows) => {
    if (err) return next(err);
    res.json({ id: rows[0].id });
  });
});
app.get('/interpolated/:id', (req, res) => {
  db.get(`SELECT * FROM pets WHERE id = ${Number(req.params.id)}`, (err, row) => res.json({ name: row.name }));
});
app.listen(3000);
