const express = require('express');
const app = express();
const users = new Map([['kim', { city: 'Graz', age: 30 }]]);

app.get('/users/:name/:what', (req, res) => {
  const user = users.get(req.params.name);
  switch (req.params.what) {
    case 'city':
      res.json({ city: user.city });
      break;
    default:
      if (req.query.plain) res.send('nothing');
      else res.json({});
  }
});

app.listen(process.env.PORT);
