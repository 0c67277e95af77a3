const express = require('express');
const { MongoClient } = require('mongodb');
const app = express();
app.use(express.json());
const users = new MongoClient('mongodb://localhost').db('shop').collection('users');
app.get('/users/:name', async (req, res) => {
  const user = await users.findOne({ name: req.params.name });
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
