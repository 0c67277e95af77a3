const express = require('express');
const app = express();

app.get('/files/:name', (req, res) => {
  res.json({ name: decodeURIComponent(req.params.name) });
});
app.listen(process.env.PORT);
