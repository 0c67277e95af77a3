// What the answer speaks of is awaited; what is done behind the answer is not.
const express = require('express');
const app = express();
app.use(express.json());
const rows = [];
async function add(row) {
  if (!row.code) throw new Error('no code');
  rows.push(row);
}

app.post('/rows', (req, res) => {
  add(req.body ?? {});
  res.status(201).json({ ok: true });
});
app.post('/jobs', (req, res) => {
  res.status(202).json({ ok: true });
  add(req.body ?? {});
});
app.listen(process.env.PORT);
