const express = require('express');
const app = express();
app.use(express.json());
app.post('/decode', (req, res) => {
  const { data } = req.body || {};
  res.json({ text: Buffer.from(data, 'base64').toString() });
});
app.listen(process.env.PORT);
