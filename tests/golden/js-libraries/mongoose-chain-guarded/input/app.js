const express = require('express');
const mongoose = require('mongoose');
const app = express();
app.use(express.json());
const Post = mongoose.model('Post', new mongoose.Schema({ title: String, author: String }));
app.get('/posts/by/:slug', async (req, res) => {
  const post = await Post.findOne({ slug: req.params.slug }).populate('author').orFail();
  const others = await Post.find({ author: post.author }).sort('title').limit(5);
  res.json({ title: post.title, others: others.map((other) => other.title) });
});
app.listen(process.env.PORT);
