const express = require('express');
const Joi = require('joi');
const app = express();
app.use(express.json());
const order = Joi.object({
  customer: Joi.object({ name: Joi.string() }),
}).required();
app.post('/orders', (req, res) => {
  const { error, value } = order.validate(req.body);
  if (error) {
    return res.status(400).json({ error: error.message });
  }
  res.status(201).json({ name: value.customer.name });
});
app.listen(process.env.PORT);
