const express = require('express');
const { MongoClient } = require('mongodb');
const app = express();
app.use(express.json());
const users = new MongoClient('mongodb://localhost').db('shop').collection('users');
app.get('/users/:name', async (req, res) => {
  const user = await users.findOne({ name: req.params.name });
  if (!user) {
    return res.sendStatus(404);
  }
  const all = await users.find({}).sort({ name: 1 }).toArray();
  res.json({ email: user.email, count: all.length });
});
app.listen(process.env.PORT);
