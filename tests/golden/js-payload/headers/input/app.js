const express = require('express');
const app = express();
app.use(express.json());

app.post('/events', (req, res) => {
  const key = req.get('Idempotency-Key');
  const { 'x-trace-id': trace } = req.headers;
  const tenant = req.header('X-Tenant');
  if (!tenant) {
    return res.status(400).json({ error: 'X-Tenant is required' });
  }
  if (req.headers['content-type'] !== 'application/json' || req.get('accept') === 'text/html') {
    return res.sendStatus(415);
  }
  res.status(202).json({ key, trace, tenant });
});
app.get('/secret', (req, res) => {
  if (!req.headers.authorization) {
    return res.sendStatus(401);
  }
  res.json({ agent: req.headers['x-agent'] });
});
app.listen(3000);
