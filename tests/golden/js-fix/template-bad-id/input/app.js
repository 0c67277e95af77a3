const express = require('express');
const store = require('./store');
const app = express();

app.get('/docs/:id', (req, res) => {
  const doc = store.read(req.params.id);
  if (!doc) {
    return res.status(404).json({ error: 'no such document' });
  }
  res.json(doc);
});

app.listen(process.env.PORT);
