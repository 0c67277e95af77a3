const express = require('express');
const fs = require('fs');
const app = express();
const teams = JSON.parse(fs.readFileSync(`${__dirname}/teams.json`, 'utf8'));

app.get('/teams/:id', (req, res) => {
  const team = teams.find((one) => one.id === Number(req.params.id));
  if (!team) return res.status(404).json({ error: 'no team' });
  res.json({ name: team.name });
});
app.get('/first', (req, res) => {
  const team = teams.find((one) => one.isFirst);
  res.json({ name: team.name });
});
app.put('/teams/:id', (req, res) => {
  const index = teams.findIndex((one) => one.id === req.params.id);
  if (index === -1) return res.sendStatus(404);
  teams[index].seen = true;
  res.sendStatus(204);
});
app.listen(process.env.PORT);
