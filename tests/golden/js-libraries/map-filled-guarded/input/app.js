const express = require('express');
const app = express();
app.use(express.json());
const seen = new Map();
app.get('/hits', (req, res) => {
  const from = req.headers['x-forwarded-for'] || req.socket.remoteAddress;
  if (!seen.has(from)) {
    seen.set(from, []);
  }
  const hits = seen.get(from);
  hits.push(Date.now());
  res.json({ hits: hits.length });
});
app.listen(process.env.PORT);
