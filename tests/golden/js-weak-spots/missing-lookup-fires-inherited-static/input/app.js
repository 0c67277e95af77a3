const express = require('express');
const { Model, DataTypes, Sequelize } = require('sequelize');
const app = express();

class Pet extends Model {}
Pet.init({ name: DataTypes.STRING }, { sequelize: new Sequelize('sqlite::memory:') });

class Store {
  async one(id) {
    return await Pet.findByPk(id);
  }
  async named(name) {
    return await Pet.scope('alive').findOne({ where: { name } });
  }
}
const store = new Store();

app.get('/pets/:id', async (req, res) => {
  const pet = await store.one(req.params.id);
  res.json({ name: pet.name });
});
app.get('/names/:name', async (req, res) => {
  const pet = await store.named(req.params.name);
  if (!pet) return res.status(404).end();
  res.json({ name: pet.name });
});
app.listen(3000);
