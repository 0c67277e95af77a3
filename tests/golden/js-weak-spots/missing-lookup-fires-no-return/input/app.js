// The refusal is sent, but nothing ends the handler: what follows still fails.
const express = require('express');
const app = express();
const films = [{ id: 1, title: 'Alien' }];

app.get('/films/:id', (req, res) => {
  const film = films.find((one) => one.id === Number(req.params.id));
  if (!film) res.status(404).json({ error: 'no such film' });
  res.json({ title: film.title });
});
app.listen(process.env.PORT);
