const express = require('express');
const app = express();

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

app.get('/items', (req, res) => {
  const filter = parse(req.query.filter);
  res.json({ name: filter === null ? 'none' : filter.name });
});
app.get('/names', (req, res) => {
  let pattern;
  try {
    pattern = new RegExp(req.query.like);
  } catch (err) {
    return res.status(400).json({ error: err.message });
  }
  res.json({ source: pattern.source });
});
app.listen(process.env.PORT);
