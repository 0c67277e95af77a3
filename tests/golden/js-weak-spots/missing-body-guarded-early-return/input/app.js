const express = require('express');
const app = express();
app.use(express.json());

app.post('/users', (req, res) => {
  if (!req.body) {
    return res.status(400).json({ error: 'body required' });
  }
  res.status(201).json({ name: req.body.name });
});
app.listen(process.env.PORT);
