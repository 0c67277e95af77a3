const express = require('express');
const { hostOf } = require('./links');
const app = express();
app.use(express.json());

app.post('/links', (req, res) => {
  const { url } = req.body ?? {};
  if (typeof url !== 'string') {
    return res.status(400).json({ error: 'url is required' });
  }
  res.status(201).json({ host: hostOf(url) });
});
app.listen(process.env.PORT);
