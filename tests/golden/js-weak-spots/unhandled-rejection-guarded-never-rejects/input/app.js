const express = require('express');
const app = express();
app.use(express.json());

async function audit(entry) {
  try {
    if (typeof entry.user !== 'string') {
      throw new Error('audit needs a user');
    }
    console.log('audit', entry.user);
  } catch (err) {
    console.error(err.message);
  }
}

app.post('/logins', (req, res) => {
  audit({ user: req.body?.user });
  audit({ user: 'x' }).catch(() => {});
  Promise.allSettled([audit({}), audit({ user: 1 })]);
  res.status(201).json({ ok: true });
});
app.listen(process.env.PORT);
