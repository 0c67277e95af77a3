const express = require('express');
const { User } = require('./models');
const Post = require('./models/Post');
const app = express();
app.use(express.json());
app.post('/users', async (req, res) => { const user = await User.create(req.body); res.status(201).json(user); });
app.put('/users/:id', async (req, res) => { await User.update(req.body, { where: { id: req.params.id } }); res.sendStatus(204); });
app.post('/posts', async (req, res) => { const post = await Post.create({ title: req.body.title, body: req.body.body }); res.status(201).json(post); });
app.listen(3000);
