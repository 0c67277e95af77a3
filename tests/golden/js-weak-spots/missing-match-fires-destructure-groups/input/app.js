const express = require('express');
const { parseTime } = require('./time');
const app = express();

app.get('/slots/:time', (req, res) => {
  const { hours, minutes } = parseTime(req.params.time);
  res.json({ minutes: Number(hours) * 60 + Number(minutes) });
});
app.get('/sizes/:size', (req, res) => {
  const [, width, height] = req.params.size.match(/^(\d+)x(\d+)$/);
  res.json({ width, height });
});
app.listen(process.env.PORT);
