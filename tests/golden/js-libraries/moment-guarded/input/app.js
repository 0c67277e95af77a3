const express = require('express');
const moment = require('moment');
const app = express();
app.use(express.json());
app.get('/day', (req, res) => {
  const day = moment(req.query.date);
  res.json({ day: day.toISOString(), text: day.format('LL') });
});
app.listen(process.env.PORT);
