const express = require('express');
const app = express();

app.get('/greeting', (req, res) => {
  const languages = req.headers['accept-language'].split(',');
  res.json({ language: languages.at(0) });
});
app.listen(process.env.PORT);
