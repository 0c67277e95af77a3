const express = require('express');
const pgp = require('pg-promise');
const app = express();
app.use(express.json());
const db = pgp()('postgres://localhost/shop');
app.get('/users/:name', async (req, res) => {
  const user = await db.oneOrNone('SELECT * FROM users WHERE name = $1', [req.params.name]);
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
