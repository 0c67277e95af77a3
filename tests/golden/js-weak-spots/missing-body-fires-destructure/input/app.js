const express = require('express');
const app = express();
app.use(express.json());

app.post('/users', (req, res) => {
  const { name } = req.body;
  res.status(201).json({ name });
});
app.listen(process.env.PORT);
