const express = require('express');
const app = express();
app.use(express.json());

app.post('/pins', (req, res) => {
  const { title = 'untitled', size = 3, pinned = false, tags = [], meta = {}, note } = req.body;
  res.status(201).json({ title, size, pinned, tags, meta, note });
});
app.listen(3000);
