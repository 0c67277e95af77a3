const express = require('express');
const mongoose = require('mongoose');
const app = express();
app.use(express.json());
const User = mongoose.model('User', new mongoose.Schema({ name: String }));
app.get('/users/:name', (req, res, next) => {
  User.findOne({ name: req.params.name }, (err, user) => {
    if (err) return next(err);
    res.json({ name: user.name });
  });
});
app.listen(process.env.PORT);
