const express = require('express');
const store = require('./store');
const app = express();

app.get('/docs/:id', (req, res) => {
  const doc = store.read(req.params.id);
  if (!doc) {
    return res.sendStatus(404);
  }
  res.json(doc);
});
app.listen(process.env.PORT);
