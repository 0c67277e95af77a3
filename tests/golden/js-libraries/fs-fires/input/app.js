const express = require('express');
const fs = require('node:fs');
const app = express();
app.use(express.json());
app.get('/notes', (req, res) => {
  res.type('text').send(fs.readFileSync(req.query.file, 'utf8'));
});
app.listen(process.env.PORT);
