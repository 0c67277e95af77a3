const express = require('express');
const app = express();
app.use(express.json());
const users = [{ id: 1, name: 'Ann' }];
app.post('/timer', (req, res) => {
  res.status(202).json({ accepted: true });
  setImmediate(() => { console.log(req.body.email.toLowerCase()); });
});
app.post('/async', async (req, res) => {
  res.status(202).json({ accepted: true });
  await Promise.resolve();
  console.log(req.body.meta.source);
});
app.get('/forgot-return/:id', async (req, res) => {
  const user = users.find(u => u.id === Number(req.params.id));
  if (!user) res.status(404).json({ error: 'no such user' });
  console.log(user.name);
});
app.post('/dropped', (req, res) => {
  res.sendStatus(202);
  audit(req.body);
});
async function audit(entry) { return entry.actor.name; }
app.listen(3000);
