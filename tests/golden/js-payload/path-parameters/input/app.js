const express = require('express');
const app = express();
const rooms = express.Router({ mergeParams: true });

rooms.get('/:roomId', (req, res) => {
  const room = Number.parseInt(req.params.roomId, 10);
  const { house } = req.params;
  res.json({ house, room });
});
app.use('/houses/:house/rooms', rooms);
app.get('/users/:user/:year', (req, res) => {
  res.json({ user: req.params.user, next: Number(req.params.year) + 1 });
});
app.listen(3000);
