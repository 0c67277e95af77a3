const express = require('express');
const app = express();
app.use(express.json());

app.post('/users', (req, res) => {
  const { name } = req.body ?? {};
  const body = req.body || {};
  res.status(201).json({ name, age: body.age });
});
app.listen(process.env.PORT);
