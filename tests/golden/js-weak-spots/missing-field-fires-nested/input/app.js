const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const city = req.body.address.city;
  res.status(201).json({ city });
});
app.listen(process.env.PORT);
