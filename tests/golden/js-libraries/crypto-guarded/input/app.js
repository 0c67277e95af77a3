const express = require('express');
const crypto = require('crypto');
const app = express();
app.use(express.json());
app.post('/digest', (req, res) => {
  const { text } = req.body || {};
  if (typeof text !== 'string') {
    return res.status(400).json({ error: 'text is required' });
  }
  res.json({ digest: crypto.createHash('sha256').update(text).digest('hex'), id: crypto.randomUUID() });
});
app.listen(process.env.PORT);
