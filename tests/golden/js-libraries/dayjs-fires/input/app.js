const express = require('express');
const dayjs = require('dayjs');
const app = express();
app.use(express.json());
app.get('/day', (req, res) => {
  res.json({ day: dayjs(req.query.date).toISOString() });
});
app.listen(process.env.PORT);
