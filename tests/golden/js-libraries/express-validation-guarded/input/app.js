const express = require('express');
const Joi = require('joi');
const validate = require('express-validation');

const rules = {
  create: { body: { username: Joi.string().required(), mobile: Joi.string().regex(/^[1-9][0-9]{9}$/).required() } },
  rename: { body: { username: Joi.string().required() }, params: { id: Joi.string().hex().required() } },
};
const app = express();
app.use(express.json());
app.post('/users', validate(rules.create), (req, res) => res.status(201).json({ name: req.body.username.trim(), tail: req.body.mobile.slice(3) }));
app.put('/users/:id', validate(rules.rename), (req, res) => res.json({ name: req.body.username.trim() }));
app.use((err, req, res, next) => res.status(err.status || 500).json({ message: err.message }));
app.listen(3000);
