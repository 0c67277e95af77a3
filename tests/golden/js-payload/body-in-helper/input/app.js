const express = require('express');
const app = express();
app.use(express.json());

function fullName({ first, last }) {
  return `${first} ${last}`;
}

const age = (person) => 2025 - person.born;

app.post('/people', (req, res) => {
  res.status(201).json({ name: fullName(req.body), age: age(req.body) });
});
app.listen(3000);
