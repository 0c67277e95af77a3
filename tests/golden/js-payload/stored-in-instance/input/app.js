const express = require('express');
const { Sequelize, DataTypes } = require('sequelize');
const mongoose = require('mongoose');
const app = express();
app.use(express.json());
const sequelize = new Sequelize('sqlite::memory:');
const Car = sequelize.define('Car', { plate: { type: DataTypes.STRING, allowNull: false }, seats: DataTypes.INTEGER });
const Boat = mongoose.model('Boat', new mongoose.Schema({ name: { type: String, required: true }, length: Number }));
app.put('/cars/:id', async (req, res) => {
  const car = await Car.findByPk(req.params.id);
  if (!car) return res.sendStatus(404);
  await car.update(req.body);
  res.json(car);
});
app.patch('/boats/:id', async (req, res) => {
  const boat = await Boat.findById(req.params.id);
  if (!boat) return res.sendStatus(404);
  boat.set(req.body);
  await boat.save();
  res.json(boat);
});
app.patch('/boats/:id/assigned', async (req, res) => {
  const boat = await Boat.findOne({ _id: req.params.id }).exec();
  if (!boat) return res.sendStatus(404);
  Object.assign(boat, req.body);
  await boat.save();
  res.json(boat);
});
app.listen(3000);
