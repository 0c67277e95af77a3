const express = require('express');
const fs = require('node:fs');
const app = express();
app.use(express.json());
app.get('/notes', (req, res) => {
  const { file } = req.query;
  if (typeof file !== 'string' || !fs.existsSync(file)) {
    return res.status(404).json({ error: 'no such file' });
  }
  res.type('text').send(fs.readFileSync(file, 'utf8'));
});
app.get('/exists', (req, res) => {
  res.json({ exists: fs.existsSync(req.query.file) });
});
app.listen(process.env.PORT);
