const express = require('express');
const crypto = require('crypto');
const app = express();
app.use(express.json());
app.post('/digest', (req, res) => {
  const { text } = req.body || {};
  res.json({ digest: crypto.createHash('sha256').update(text).digest('hex') });
});
app.listen(process.env.PORT);
