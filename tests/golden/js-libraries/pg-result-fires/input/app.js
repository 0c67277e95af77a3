const express = require('express');
const { Pool } = require('pg');
const app = express();
app.use(express.json());
const pool = new Pool();
const find = async (name) => {
  const result = await pool.query('SELECT email FROM users WHERE name = $1', [name]);
  return result.rows[0];
};
app.get('/users/:name', async (req, res) => {
  const user = await find(req.params.name);
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
