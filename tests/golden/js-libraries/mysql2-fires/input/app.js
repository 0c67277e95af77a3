const express = require('express');
const mysql = require('mysql2/promise');
const app = express();
app.use(express.json());
const pool = mysql.createPool({ host: 'localhost' });
app.get('/users/:name', async (req, res) => {
  const [rows] = await pool.query('SELECT email FROM users WHERE name = ?', [req.params.name]);
  res.json({ email: rows[0].email });
});
app.listen(process.env.PORT);
