const express = require('express');
const axios = require('axios');
const app = express();
app.use(express.json());
const rates = axios.create({ baseURL: process.env.RATES });
app.get('/rates', async (req, res) => {
  const answer = await rates.get('/latest');
  await axios.post('/audit', { path: req.path });
  res.json({ status: answer.status });
});
app.listen(process.env.PORT);
