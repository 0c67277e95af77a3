const express = require('express');
const bodyParser = require('body-parser');
const app = express();
app.use(bodyParser.json());
app.post('/orders', (req, res) => {
  res.json({ city: req.body?.address?.city ?? null });
});
app.listen(process.env.PORT);
