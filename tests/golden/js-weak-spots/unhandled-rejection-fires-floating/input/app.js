const express = require('express');
const app = express();
app.use(express.json());

async function audit(entry) {
  if (typeof entry.user !== 'string') {
    throw new Error('audit needs a user');
  }
  console.log('audit', entry.user);
}

app.post('/logins', async (req, res) => {
  const body = req.body ?? {};
  audit({ user: body.user });
  res.status(201).json({ ok: true });
});
app.listen(process.env.PORT);
