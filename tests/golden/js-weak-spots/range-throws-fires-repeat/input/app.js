const express = require('express');
const app = express();

const stars = (count) => '*'.repeat(count);

app.get('/stars/:count', (req, res) => {
  res.send(stars(parseInt(req.params.count, 10)));
});
app.listen(process.env.PORT);
