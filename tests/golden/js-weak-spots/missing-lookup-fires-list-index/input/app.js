const express = require('express');
const app = express();
app.use(express.json());
const slides = [{ title: 'Welcome' }];

app.get('/slides/:n', (req, res) => {
  res.json({ title: slides[req.params.n].title });
});
app.get('/deck/:n', (req, res) => {
  const slide = slides[Number(req.params.n)];
  res.json({ title: slide.title });
});
app.patch('/slides/:n', (req, res) => {
  slides[req.params.n].title = req.body.title;
  res.sendStatus(204);
});
app.listen(process.env.PORT);
