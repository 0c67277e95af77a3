const express = require('express');
const { getRepository } = require('typeorm');
const app = express();

const find = async (id) => getRepository('Pet').findOne({ where: { id } });
const findLater = async (id) => find(id);

app.get('/pets/:id', async (req, res) => {
  const pet = await find(req.params.id);
  res.json({ name: pet.name });
});
app.get('/pets/:id/owner', async (req, res) => {
  const pet = await findLater(req.params.id);
  res.json({ owner: pet.owner });
});
app.get('/pets/:id/age', async (req, res) => {
  const pet = await findLater(req.params.id);
  if (!pet) return res.status(404).end();
  res.json({ age: pet.age });
});
app.listen(3000);
