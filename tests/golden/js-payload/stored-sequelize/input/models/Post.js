const { Model, DataTypes } = require('sequelize');
const { sequelize } = require('./index');
class Post extends Model {}
Post.init({ title: { type: DataTypes.STRING, allowNull: false }, body: DataTypes.TEXT, likes: { type: DataTypes.INTEGER, defaultValue: 0 } }, { sequelize, modelName: 'post' });
module.exports = Post;
