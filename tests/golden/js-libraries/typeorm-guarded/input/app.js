const express = require('express');
const { DataSource } = require('typeorm');
const app = express();
app.use(express.json());
const source = new DataSource({ type: 'sqlite', database: ':memory:' });
const users = source.getRepository('User');
app.get('/users/:name', async (req, res) => {
  const user = await users.findOneOrFail({ where: { name: req.params.name } });
  const [friends, count] = await users.findAndCount({ where: { friend: user.id } });
  res.json({ email: user.email, friends: friends.map((friend) => friend.name), count });
});
app.listen(process.env.PORT);
