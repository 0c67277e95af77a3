const express = require('express');
const { Sequelize, DataTypes, Model } = require('sequelize');
const app = express();
app.use(express.json());
const sequelize = new Sequelize('sqlite::memory:');
class User extends Model {}
User.init({ name: DataTypes.STRING }, { sequelize });
app.get('/users/:name', async (req, res) => {
  const user = await User.findOne({ where: { name: req.params.name } });
  res.json({ name: user.name });
});
app.listen(process.env.PORT);
