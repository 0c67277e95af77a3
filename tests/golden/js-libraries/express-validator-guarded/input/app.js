const express = require('express');
const { body, query, param, validationResult } = require('express-validator');
const app = express();
app.use(express.json());
const check = (req, res, next) => {
  const problems = validationResult(req);
  if (!problems.isEmpty()) {
    return res.status(400).json({ errors: problems.array() });
  }
  next();
};
app.post('/notes/:id',
  param('id').isInt(),
  query('tag').isString().isLength({ min: 2 }),
  [body('title').isString().isLength({ min: 3, max: 80 }), body('author.name').isString().notEmpty(), body('tags').isArray()],
  check,
  (req, res) => {
    const { title, author, tags } = req.body;
    res.status(201).json({ title: title.trim(), author: author.name.trim(), tags: tags.length, tag: req.query.tag.trim() });
  });
app.listen(process.env.PORT);
