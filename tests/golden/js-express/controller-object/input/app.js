const express = require('express');
const pets = require('./controllers/pets');
const { remove } = require('./controllers/pets');

const app = express();
app.get('/pets', pets.list);
app.get('/pets/:id', pets['show']);
app.delete('/pets/:id', remove);
app.listen(3000);
