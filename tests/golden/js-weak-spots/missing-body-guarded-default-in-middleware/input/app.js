const express = require('express');
const app = express();
app.use(express.json());
app.use((req, res, next) => {
  req.body ??= {};
  next();
});

app.post('/users', (req, res) => {
  res.status(201).json({ name: req.body.name });
});
app.listen(process.env.PORT);
