const express = require('express');
const passport = require('passport');
const app = express();
app.use(express.json());
app.use(passport.initialize());
app.use(passport.session());
app.get('/me', (req, res) => {
  res.json({ name: req.user.name });
});
app.listen(process.env.PORT);
