const express = require('express');
const { ObjectId } = require('mongodb');
const app = express();

app.get('/posts/:id([0-9a-f]{24})', (req, res) => {
  const id = new ObjectId(req.params.id);
  res.json({ created: id.getTimestamp() });
});
app.listen(process.env.PORT);
