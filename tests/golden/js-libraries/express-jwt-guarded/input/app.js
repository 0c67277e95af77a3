const express = require('express');
const { expressjwt } = require('express-jwt');
const app = express();
app.use(express.json());
app.use(expressjwt({ secret: process.env.SECRET, algorithms: ['HS256'] }));
app.get('/me', (req, res) => {
  res.json({ name: req.auth.name });
});
app.listen(process.env.PORT);
