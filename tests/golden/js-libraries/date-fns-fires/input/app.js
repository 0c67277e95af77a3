const express = require('express');
const { format, parseISO } = require('date-fns');
const app = express();
app.use(express.json());
app.get('/day', (req, res) => {
  res.json({ day: format(parseISO(String(req.query.date)), 'yyyy') });
});
app.listen(process.env.PORT);
