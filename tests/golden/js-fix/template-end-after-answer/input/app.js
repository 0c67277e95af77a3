const express = require('express');
const app = express();
const films = [{ id: 1, title: 'Alien' }];

app.get('/films/:id', (req, res) => {
  const film = films.find((one) => one.id === Number(req.params.id));
  if (!film) res.status(404).json({ error: 'no such film' });
  res.json({ title: film.title });
});
app.get('/films/:id/label', (req, res) => {
  const film = films.find((one) => one.id === Number(req.params.id));
  if (film === undefined) {
    console.log('unknown film');
    res.status(404).json({ error: 'no such film' });
  }
  res.json({ label: film.title.toUpperCase() });
});
app.listen(process.env.PORT);
