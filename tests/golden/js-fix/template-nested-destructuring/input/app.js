const express = require('express');
const app = express();
app.use(express.json());

app.post('/orders', (req, res) => {
  const {
    note = '',
    customer: { email, phone },
  } = req.body;
  res.status(201).json({ note, email, phone });
});

app.listen(process.env.PORT);
