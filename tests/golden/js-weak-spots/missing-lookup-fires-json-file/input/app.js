// Nothing is known of rows that come from a file: what a search finds there is possible only.
const express = require('express');
const fs = require('fs');
const app = express();
const teams = JSON.parse(fs.readFileSync(`${__dirname}/teams.json`, 'utf8'));

app.get('/teams/:id', (req, res) => {
  const team = teams.find((one) => one.id === Number(req.params.id));
  res.json({ name: team.name });
});
app.get('/fresh/:id', (req, res) => {
  const all = JSON.parse(fs.readFileSync('teams.json', 'utf8'));
  const [team] = all.teams.filter((one) => one.id === req.params.id);
  res.json({ name: team.name });
});
app.put('/teams/:id', (req, res) => {
  const index = teams.findIndex((one) => one.id === req.params.id);
  teams[index].seen = true;
  res.sendStatus(204);
});
app.listen(process.env.PORT);
