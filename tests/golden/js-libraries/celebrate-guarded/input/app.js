const express = require('express');
const { celebrate, Joi, Segments, errors } = require('celebrate');
const app = express();
app.use(express.json());
app.post('/notes', celebrate({
  [Segments.BODY]: Joi.object({ title: Joi.string().required(), author: Joi.object({ name: Joi.string().required() }).required() }).required(),
  [Segments.QUERY]: Joi.object({ draft: Joi.boolean(), tag: Joi.string().required() }),
}), (req, res) => {
  res.status(201).json({ title: req.body.title.trim(), author: req.body.author.name, tag: req.query.tag.trim() });
});
app.use(errors());
app.listen(process.env.PORT);
