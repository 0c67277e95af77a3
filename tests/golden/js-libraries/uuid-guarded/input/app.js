const express = require('express');
const { parse, validate, v4: uuid } = require('uuid');
const app = express();
app.use(express.json());
app.get('/bytes/:id', (req, res) => {
  if (!validate(req.params.id)) {
    return res.status(400).json({ error: 'id is no UUID' });
  }
  res.json({ bytes: [...parse(req.params.id)], next: uuid() });
});
app.listen(process.env.PORT);
