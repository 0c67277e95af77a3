const express = require('express');
const app = express();

app.get('/names/:name', (req, res) => {
  const digits = req.params.name.match(/^\d*/)[0];
  res.json({ digits });
});
app.listen(process.env.PORT);
