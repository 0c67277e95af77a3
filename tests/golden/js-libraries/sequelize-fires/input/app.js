const express = require('express');
const { Sequelize, DataTypes } = require('sequelize');
const app = express();
app.use(express.json());
const sequelize = new Sequelize('sqlite::memory:');
const User = sequelize.define('User', { name: DataTypes.STRING });
app.get('/users/:id', async (req, res) => {
  const user = await User.findByPk(req.params.id);
  res.json({ name: user.name });
});
app.listen(process.env.PORT);
