const express = require('express');
const { ObjectId } = require('mongodb');
const app = express();

app.get('/posts/:id', (req, res) => {
  if (!ObjectId.isValid(req.params.id)) {
    return res.status(400).json({ error: 'bad id' });
  }
  const id = new ObjectId(req.params.id);
  res.json({ created: id.getTimestamp() });
});
app.listen(process.env.PORT);
