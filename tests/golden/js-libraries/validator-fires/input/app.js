const express = require('express');
const validator = require('validator');
const app = express();
app.use(express.json());
app.post('/subscribe', (req, res) => {
  const { email } = req.body || {};
  if (!validator.isEmail(email)) {
    return res.status(400).json({ error: 'email is invalid' });
  }
  res.status(201).json({ email });
});
app.listen(process.env.PORT);
