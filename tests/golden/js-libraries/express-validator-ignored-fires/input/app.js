const express = require('express');
const { body } = require('express-validator');
const app = express();
app.use(express.json());
app.post('/notes', body('title').isString(), (req, res) => {
  res.status(201).json({ title: req.body.title.trim() });
});
app.listen(process.env.PORT);
