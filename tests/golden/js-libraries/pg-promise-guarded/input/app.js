const express = require('express');
const pgp = require('pg-promise');
const app = express();
app.use(express.json());
const db = pgp()('postgres://localhost/shop');
app.get('/users/:name', async (req, res) => {
  const user = await db.one('SELECT * FROM users WHERE name = $1', [req.params.name]);
  const orders = await db.any('SELECT * FROM orders WHERE owner = $1', [user.id]);
  res.json({ email: user.email, orders: orders.map((order) => order.total) });
});
app.listen(process.env.PORT);
