const express = require('express');
const app = express();
app.use(express.json());

function needBody(req, res, next) {
  if (req.body === undefined) {
    return res.sendStatus(415);
  }
  next();
}

app.post('/users', needBody, (req, res) => {
  const { name } = req.body;
  res.status(201).json({ name });
});
app.listen(process.env.PORT);
