const express = require('express');
const bcrypt = require('bcryptjs');
const app = express();
app.use(express.json());
app.post('/users', async (req, res) => {
  const { password } = req.body || {};
  if (typeof password !== 'string' || password.length < 8) {
    return res.status(400).json({ error: 'password too short' });
  }
  res.status(201).json({ hash: await bcrypt.hash(password, 10) });
});
app.listen(process.env.PORT);
