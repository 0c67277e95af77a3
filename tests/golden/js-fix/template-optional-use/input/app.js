const express = require('express');
const app = express();
const users = new Map([['kim', { city: 'Graz' }]]);

app.get('/weather', (req, res) => {
  const user = users.get(req.query.user);
  const city = req.query.city ?? user.city ?? 'Wien';
  res.json({ city });
});

app.listen(process.env.PORT);
