const express = require('express');
const app = express();
app.use(express.json());
const users = new Map([['kim', { name: 'Kim' }]]);

app.post('/messages/:to', (req, res) => {
  const user = users.get(req.params.to);
  const text = `${user.name}: ${req.body.message.text}`;
  res.status(201).json({ text });
});

app.listen(process.env.PORT);
