const express = require('express');
const app = express();
app.use(express.json());

app.post('/notes', (req, res) => {
  const { title = 'untitled' } = req.body;
  res.status(201).json({ title });
});

app.listen(process.env.PORT);
