const express = require('express');
const app = express();
app.use(express.json());

app.patch('/profile', (req, res) => {
  const { password, ...rest } = req.body;
  res.json({ ...rest, ...req.body, changed: password !== undefined });
});
app.listen(3000);
