const express = require('express');
const knex = require('knex');
const app = express();
app.use(express.json());
const db = knex({ client: 'pg' });
app.get('/users/:name', async (req, res) => {
  const user = await db('users').where('name', req.params.name).first();
  if (!user) {
    return res.status(404).json({ error: 'no such user' });
  }
  const orders = await db('orders').where('user', user.id).orderBy('day');
  res.json({ email: user.email, orders: orders.length });
});
app.listen(process.env.PORT);
