const express = require('express');
const { DataSource } = require('typeorm');
const app = express();
app.use(express.json());
const source = new DataSource({ type: 'sqlite', database: ':memory:' });
const users = source.getRepository('User');
app.get('/users/:name', async (req, res) => {
  const user = await users.findOneBy({ name: req.params.name });
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
