const express = require('express');
const knex = require('knex');
const app = express();
app.use(express.json());
const db = knex({ client: 'pg' });
app.get('/users/:name', async (req, res) => {
  const user = await db('users').where({ name: req.params.name }).first();
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
