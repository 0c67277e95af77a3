const express = require('express');
const Joi = require('joi');
const app = express();
app.use(express.json());
const order = Joi.object({
  customer: Joi.object({ name: Joi.string().required() }).required(),
  lines: Joi.array().items(Joi.object({ sku: Joi.string().required(), count: Joi.number().integer().min(1) })).required(),
}).required();
app.post('/orders', (req, res) => {
  const { error, value } = order.validate(req.body);
  if (error) {
    return res.status(400).json({ error: error.details[0].message });
  }
  res.status(201).json({ name: value.customer.name.trim(), skus: value.lines.map((line) => line.sku.toUpperCase()) });
});
app.listen(process.env.PORT);
