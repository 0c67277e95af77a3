const express = require('express');
const Joi = require('joi');
const app = express();
app.use(express.json());
const check = (schema) => (req, res, next) => {
  const { error } = schema.validate(req.body, { abortEarly: false });
  if (error) {
    return res.status(422).json({ error: error.message });
  }
  next();
};
const note = Joi.object({ title: Joi.string().min(3).max(80).required(), tags: Joi.array().items(Joi.string()).required() }).required();
app.post('/notes', check(note), (req, res) => {
  res.status(201).json({ title: req.body.title.trim(), tags: req.body.tags.length });
});
app.listen(process.env.PORT);
