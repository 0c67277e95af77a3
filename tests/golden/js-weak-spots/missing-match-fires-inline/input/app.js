const express = require('express');
const app = express();

app.get('/versions/:tag', (req, res) => {
  const major = req.params.tag.match(/^v(\d+)/)[1];
  res.json({ major });
});
app.listen(process.env.PORT);
