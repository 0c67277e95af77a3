const express = require('express');
const { MongoClient } = require('mongodb');
const app = express();
app.use(express.json());
app.get('/users', async (req, res) => {
  const client = new MongoClient(process.env.MONGO_URL);
  try {
    await client.connect();
    res.json(await client.db('shop').collection('users').find({}).toArray());
  } catch (err) {
    res.status(503).json({ error: 'try again' });
  } finally {
    await client.close();
  }
});
app.listen(process.env.PORT);
