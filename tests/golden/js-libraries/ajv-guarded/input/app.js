const express = require("express");
const Ajv = require("ajv");
const app = express();
const ajv = new Ajv();
app.use(express.json());

const schema = { type: "object", required: ["name", "size"], additionalProperties: false, properties: { name: { type: "string", minLength: 2 }, size: { type: "integer", minimum: 1 }, note: { type: "string" } } };
const fits = ajv.compile(schema);

app.post("/items", (req, res) => {
  if (!fits(req.body)) return res.status(422).json({ errors: fits.errors });
  res.status(201).json({ name: req.body.name.trim(), size: req.body.size.toFixed(0) });
});
app.put("/items", (req, res) => {
  if (!ajv.validate(schema, req.body)) {
    res.status(422).json({ errors: ajv.errors });
    return;
  }
  res.json({ name: req.body.name.trim() });
});
app.listen(3000);
