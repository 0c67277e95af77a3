const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  try {
    res.status(201).json({ city: req.body.address.city });
  } catch (err) {
    res.status(400).json({ error: 'bad order' });
  }
});
app.listen(process.env.PORT);
