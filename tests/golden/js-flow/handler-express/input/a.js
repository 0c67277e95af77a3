exports.show = async (req, res, next) => {
  try {
    const { id } = req.params;
    const post = await Post.findById(id);
    if (!post) return res.status(404).json({ error: 'no such post' });
    const author = post.author && post.author.name;
    return res.json({ title: post.title.trim(), author, tags: post.tags?.map(t => t.toLowerCase()) ?? [] });
  } catch (err) {
    next(err);
  }
};
