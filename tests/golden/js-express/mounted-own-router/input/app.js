const express = require('express');
const app = express();
app.use(express.json());
// own router that tests method and url by hand under app.use
function api(req, res, next) {
  const { method, url } = req;
  if (method === 'GET' && url === '/health') return res.json({ ok: true });
  if (method === 'GET' && req.path === '/notes') return res.json([]);
  const m = req.path.match(/^\/notes\/(\d+)$/);
  if (m) {
    if (method === 'GET') return res.json({ id: Number(m[1]) });
    if (method === 'DELETE') return res.status(204).end();
  }
  if (method === 'POST' && req.path.startsWith('/notes')) return res.status(201).json({ title: req.body.title.trim() });
  next();
}
app.use('/api', api);
app.listen(3000);
