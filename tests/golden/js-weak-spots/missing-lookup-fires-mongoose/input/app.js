const express = require('express');
const mongoose = require('mongoose');
const app = express();
const User = mongoose.model('User', new mongoose.Schema({ name: String, email: String }));

app.get('/users/:name', async (req, res) => {
  const user = await User.findOne({ name: req.params.name });
  res.json({ email: user.email });
});
mongoose.connect(process.env.MONGO_URL).then(() => app.listen(process.env.PORT));
