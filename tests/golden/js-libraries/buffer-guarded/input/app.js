const express = require('express');
const app = express();
app.use(express.json());
app.post('/decode', (req, res) => {
  const { data } = req.body || {};
  if (typeof data !== 'string') {
    return res.status(400).json({ error: 'data must be a string' });
  }
  res.json({ text: Buffer.from(data, 'base64').toString('utf8') });
});
app.listen(process.env.PORT);
