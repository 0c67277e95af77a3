const express = require('express');
const app = express();
app.use(express.json());

app.post('/pins', (req, res) => {
  const title = req.body.title;
  const colour = req.body['colour'];
  res.status(201).json({ title, colour });
});
app.listen(3000);
