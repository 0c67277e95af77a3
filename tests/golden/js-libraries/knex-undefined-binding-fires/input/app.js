const express = require('express');
const knex = require('knex');
const app = express();
app.use(express.json());
const db = knex({ client: 'pg' });
app.get('/users', async (req, res) => {
  const users = await db('users').where('team', req.query.team).select('name');
  res.json(users);
});
app.listen(process.env.PORT);
