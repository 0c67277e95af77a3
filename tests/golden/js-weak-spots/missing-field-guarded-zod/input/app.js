const express = require('express');
const { z } = require('zod');
const app = express();
app.use(express.json());

const order = z.object({
  address: z.object({ city: z.string() }),
  items: z.array(z.object({ product: z.object({ sku: z.string() }) })),
});

const validate = (schema) => (req, res, next) => {
  const parsed = schema.safeParse(req.body);
  if (!parsed.success) {
    return res.status(400).json({ error: parsed.error.issues });
  }
  req.body = parsed.data;
  next();
};

app.post('/orders', validate(order), (req, res) => {
  const { address, items } = req.body;
  res.status(201).json({ city: address.city.trim(), skus: items.map((item) => item.product.sku) });
});
app.listen(process.env.PORT);
