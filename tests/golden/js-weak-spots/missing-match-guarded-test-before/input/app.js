const express = require('express');
const app = express();
const TAG = /^v(\d+)$/;

app.get('/versions/:tag', (req, res) => {
  if (!TAG.test(req.params.tag)) {
    return res.sendStatus(404);
  }
  const [, major] = TAG.exec(req.params.tag);
  res.json({ major });
});
app.listen(process.env.PORT);
