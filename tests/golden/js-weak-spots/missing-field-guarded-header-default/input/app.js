const express = require('express');
const app = express();

app.get('/greeting', (req, res) => {
  const { 'accept-language': languages = 'en' } = req.headers;
  const { q = '' } = req.query;
  res.json({ language: languages.split(',')[0], length: q.length });
});
app.listen(process.env.PORT);
