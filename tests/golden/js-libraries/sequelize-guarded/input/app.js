const express = require('express');
const { Sequelize, DataTypes, Model } = require('sequelize');
const app = express();
app.use(express.json());
const sequelize = new Sequelize('sqlite::memory:');
class User extends Model {}
User.init({ name: DataTypes.STRING }, { sequelize });
app.get('/users/:id', async (req, res) => {
  const user = await User.findByPk(req.params.id);
  if (user === null) {
    return res.status(404).json({ error: 'no such user' });
  }
  const { rows } = await sequelize.define('Order', {}).findAndCountAll({ where: { userId: user.id } });
  res.json({ name: user.name, orders: rows.length });
});
app.listen(process.env.PORT);
