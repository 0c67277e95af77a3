const express = require('express');
const { Pool } = require('pg');
const app = express();
const pool = new Pool();

app.get('/users/:name', async (req, res) => {
  const { rows } = await pool.query('SELECT id, email FROM users WHERE name = $1', [req.params.name]);
  res.json({ email: rows[0].email });
});
app.listen(process.env.PORT);
