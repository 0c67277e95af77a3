const express = require('express');
const knex = require('knex')({ client: 'sqlite3' });
const app = express();
app.use(express.json());
app.post('/session', async (req, res) => {
  const { id } = req.body;
  const ong = await knex('ongs').where('id', id).select('name').first();
  if (!ong) return res.status(400).json({ error: 'none' });
  return res.json(ong);
});
app.get('/profile', async (req, res) => {
  const ong_id = req.headers.authorization;
  const rows = await knex('incidents').where('ong_id', ong_id).select('*');
  return res.json(rows);
});
app.listen(3000);
