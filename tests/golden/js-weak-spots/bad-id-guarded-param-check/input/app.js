const express = require('express');
const { ObjectId } = require('mongodb');
const app = express();

app.param('id', (req, res, next, id) => {
  if (!/^[0-9a-f]{24}$/i.test(id)) {
    return res.sendStatus(404);
  }
  next();
});
app.get('/posts/:id', (req, res) => {
  res.json({ created: new ObjectId(req.params.id).getTimestamp() });
});
app.listen(process.env.PORT);
