const express = require('express');
const app = express();
app.use(express.json());
const users = [{ id: 1, name: 'Ann' }];
// The framework catches it, and the answer is out: nobody sees it.
app.post('/sync', (req, res) => {
  res.json({ ok: true });
  console.log(req.body.meta.source);
});
app.post('/timer', (req, res) => {
  res.status(202).json({ accepted: true });
  setImmediate(() => { console.log(String(req.body?.email).toLowerCase()); });
});
app.post('/async', async (req, res) => {
  res.status(202).json({ accepted: true });
  try { console.log(req.body.meta.source); } catch (err) { console.error(err.message); }
});
app.get('/returns/:id', async (req, res) => {
  const user = users.find(u => u.id === Number(req.params.id));
  if (!user) return res.status(404).json({ error: 'no such user' });
  res.json({ ok: true });
  console.log(user.name);
});
app.post('/caught', (req, res) => {
  res.sendStatus(202);
  audit(req.body).catch(() => {});
});
// What stands behind next() is not after an answer.
app.use((req, res, next) => { next(); console.log(req.body.trace.id); });
app.get('/plain', (req, res) => res.json({}));
async function audit(entry) { return entry.actor.name; }
app.listen(3000);
