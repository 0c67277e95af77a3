const express = require('express');
const bcrypt = require('bcrypt');
const app = express();
app.use(express.json());
const users = new Map([['kim', { hash: '$2b$04$abc' }]]);
app.post('/login', async (req, res) => {
  const { name, password } = req.body || {};
  const user = users.get(name);
  if (!user) {
    return res.sendStatus(401);
  }
  const ok = await bcrypt.compare(password, user.hash);
  res.json({ ok });
});
app.listen(process.env.PORT);
