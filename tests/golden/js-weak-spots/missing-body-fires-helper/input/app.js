const express = require('express');
const { titleOf } = require('./notes');
const app = express();
app.use(express.json());

app.post('/notes', (req, res) => {
  res.status(201).json({ title: titleOf(req.body) });
});
app.listen(process.env.PORT);
