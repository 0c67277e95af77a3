const express = require('express');
const app = express();
app.use(express.json());

app.post('/labels', (req, res) => {
  res.json({ count: Object.keys(req.body.labels).length });
});
app.post('/pairs', (req, res) => {
  for (const [key, value] of Object.entries(req.body.pairs)) {
    console.log(key, value);
  }
  res.sendStatus(204);
});
app.listen(process.env.PORT);
