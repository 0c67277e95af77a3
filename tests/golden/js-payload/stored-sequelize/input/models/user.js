module.exports = (sequelize, DataTypes) => {
  const User = sequelize.define('User', {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    name: { type: DataTypes.STRING(40), allowNull: false },
    role: { type: DataTypes.ENUM('admin', 'user'), defaultValue: 'user', allowNull: false },
    age: DataTypes.INTEGER,
    born: DataTypes.DATEONLY,
    scores: DataTypes.ARRAY(DataTypes.FLOAT),
  });
  return User;
};
