const express = require('express');
const app = express();
const slides = [{ title: 'Welcome' }];

app.get('/tested/:n', (req, res) => {
  if (!slides[req.params.n]) return res.sendStatus(404);
  res.json({ title: slides[req.params.n].title });
});
app.get('/bounded/:n', (req, res) => {
  const n = Number(req.params.n);
  if (!(n >= 0 && n < slides.length)) return res.sendStatus(404);
  res.json({ title: slides[n].title });
});
app.get('/optional/:n', (req, res) => {
  res.json({ title: slides[req.params.n]?.title ?? null });
});
app.listen(process.env.PORT);
