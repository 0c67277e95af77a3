const express = require('express');
const EventEmitter = require('events');
const app = express();
app.use(express.json());
const bus = new EventEmitter();
bus.on('order', (order) => order.lines.length);
app.post('/orders', (req, res) => {
  bus.emit('order', req.body);
  res.sendStatus(202);
});
app.listen(process.env.PORT);
