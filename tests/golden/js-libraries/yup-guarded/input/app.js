const express = require("express");
const yup = require("yup");
const app = express();
app.use(express.json());

const order = yup.object({
  name: yup.string().max(40).required(),
  count: yup.number().integer().min(1).default(1),
  kind: yup.string().oneOf(["gift", "own"]),
  tags: yup.array().of(yup.string().required()).min(1).required(),
  address: yup.object({ city: yup.string().required() }).required(),
});

app.post("/orders", async (req, res) => {
  let body;
  try {
    body = await order.validate(req.body);
  } catch (error) {
    return res.status(400).json({ errors: error.errors });
  }
  res.status(201).json({ name: body.name.trim(), first: body.tags[0].trim(), city: body.address.city.trim() });
});
app.put("/orders", (req, res) => {
  if (!order.isValidSync(req.body)) return res.status(400).json({ error: "invalid" });
  res.json({ name: req.body.name.trim() });
});
app.listen(3000);
