const express = require('express');
const { parse } = require('uuid');
const app = express();
app.use(express.json());
app.get('/bytes/:id', (req, res) => {
  res.json({ bytes: [...parse(req.params.id)] });
});
app.listen(process.env.PORT);
