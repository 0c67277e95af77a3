const express = require('express');
const app = express();
app.use(express.json());
app.all('/api/*', (req, res, next) => {
  if (!req.headers['x-token']) return res.status(401).json({ error: 'no token' });
  next();
});
app.get('/api/items', (req, res) => res.json([]));
app.get('/health', (req, res) => res.json({ ok: true }));
app.all('/files/*', (req, res) => res.json({ path: req.params[0] }));
app.listen(3000);
