const express = require('express');
const app = express();
app.use(express.json());

const REQUIRED = ['street', 'city'];

app.post('/addresses', (req, res) => {
  for (const name of REQUIRED) {
    if (!req.body[name]) {
      return res.status(400).json({ error: `${name} is required` });
    }
  }
  const { street, city, country } = req.body;
  res.status(201).json({ street, city, country });
});
app.listen(3000);
