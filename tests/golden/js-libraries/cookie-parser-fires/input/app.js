const express = require('express');
const cookieParser = require('cookie-parser');
const app = express();
app.use(express.json());
app.use(cookieParser());
app.get('/cart', (req, res) => {
  res.json({ items: req.cookies.cart.split(',') });
});
app.listen(process.env.PORT);
