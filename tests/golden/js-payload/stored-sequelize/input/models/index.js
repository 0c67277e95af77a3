const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('sqlite::memory:');
module.exports = { sequelize, User: require('./user')(sequelize, DataTypes) };
