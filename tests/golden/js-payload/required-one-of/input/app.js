const express = require('express');
const app = express();
app.use(express.json());

app.post('/contacts', (req, res) => {
  const { email, phone } = req.body;
  if (!email && !phone) {
    return res.status(400).json({ error: 'email or phone' });
  }
  if (req.body.kind === 'company' && !req.body.vat) {
    return res.status(400).json({ error: 'companies need a vat number' });
  }
  res.status(201).json({ email, phone });
});
app.listen(3000);
