const express = require('express');
const app = express();

app.get('/shops/:code', (req, res) => {
  const code = req.params.code.toUpperCase();
  res.json({ code, url: `${req.protocol}://${req.path.slice(1)}` });
});
app.listen(process.env.PORT);
