const express = require('express');
const app = express();

app.get('/versions/:tag', (req, res) => {
  const major = req.params.tag.match(/^v(\d+)/)?.[1] ?? '0';
  const [, minor = '0'] = req.params.tag.match(/\.(\d+)/) ?? [];
  res.json({ major, minor });
});
app.listen(process.env.PORT);
