const express = require('express');
const { celebrate, Joi, errors } = require('celebrate');
const app = express();
app.use(express.json());
app.post('/notes', celebrate({
  body: Joi.object({ title: Joi.string().required(), author: Joi.object({ name: Joi.string() }) }).required(),
}), (req, res) => {
  res.status(201).json({ title: req.body.title.trim(), author: req.body.author.name });
});
app.use(errors());
app.listen(process.env.PORT);
