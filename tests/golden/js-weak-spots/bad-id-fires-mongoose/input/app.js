const express = require('express');
const mongoose = require('mongoose');
const app = express();
const Post = mongoose.model('Post', new mongoose.Schema({ title: String }));

app.get('/posts/:id', async (req, res) => {
  const post = await Post.findById(req.params.id);
  if (!post) {
    return res.status(404).json({ error: 'not found' });
  }
  res.json({ title: post.title });
});
mongoose.connect(process.env.MONGO_URL).then(() => app.listen(process.env.PORT));
