const express = require('express');
const { body, validationResult } = require('express-validator');
const app = express();
app.use(express.json());
app.post('/notes', body('title').isString(), body('author').optional().isObject(), (req, res) => {
  const problems = validationResult(req);
  if (!problems.isEmpty()) {
    return res.status(400).json({ errors: problems.array() });
  }
  res.status(201).json({ title: req.body.title.trim(), author: req.body.author.name });
});
app.listen(process.env.PORT);
