const express = require('express');
const app = express();

app.param('id', (req, res, next, id) => {
  req.key = id;
  next();
});
app.get('/things/:id', (req, res) => res.json({ key: req.key }));
app.use((req, res) => res.status(404).json({ error: 'not found' }));
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(3000);
