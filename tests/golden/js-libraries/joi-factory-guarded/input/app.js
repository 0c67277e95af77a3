const express = require('express');
const Joi = require('joi');
const mongoose = require('mongoose');
const app = express();
app.use(express.json());
const Note = mongoose.model('Note', new mongoose.Schema({ title: String }));
const objectId = (value, helpers) => (/^[0-9a-f]{24}$/.test(value) ? value : helpers.message('id is invalid'));
const pick = (from, keys) => keys.reduce((picked, key) => {
  if (from && Object.hasOwn(from, key)) {
    picked[key] = from[key];
  }
  return picked;
}, {});
const validate = (schema) => (req, res, next) => {
  const wanted = pick(schema, ['params', 'query', 'body']);
  const { value, error } = Joi.compile(wanted).prefs({ abortEarly: false }).validate(pick(req, Object.keys(wanted)));
  if (error) {
    return res.status(400).json({ error: error.message });
  }
  Object.assign(req, value);
  next();
};
const rename = {
  params: Joi.object().keys({ id: Joi.string().custom(objectId).required() }),
  body: Joi.object().keys({ title: Joi.string().max(80).required(), tags: Joi.array().items(Joi.string()).required() }).required(),
};
app.patch('/notes/:id', validate(rename), async (req, res) => {
  const note = await Note.findById(req.params.id);
  if (!note) {
    return res.status(404).json({ error: 'no such note' });
  }
  res.json({ title: req.body.title.trim(), tags: req.body.tags.map((tag) => tag.toLowerCase()) });
});
app.listen(process.env.PORT);
