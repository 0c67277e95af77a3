const express = require('express');
const { Pool } = require('pg');
const app = express();
app.use(express.json());
const pool = new Pool();
app.get('/users/:name', async (req, res) => {
  const { rows } = await pool.query('SELECT email FROM users WHERE name = $1', [req.params.name]);
  if (rows.length === 0) {
    return res.status(404).json({ error: 'no such user' });
  }
  res.json({ email: rows[0].email });
});
app.get('/users', async (req, res) => {
  const result = await pool.query('SELECT email FROM users');
  res.json(result.rows.map((row) => row.email));
});
app.listen(process.env.PORT);
