const express = require('express');
const cookieParser = require('cookie-parser');
const app = express();
app.use(express.json());
app.use(cookieParser());
app.get('/cart', (req, res) => {
  const { cart } = req.cookies;
  if (!cart) {
    return res.json({ items: [] });
  }
  res.json({ items: cart.split(',') });
});
app.get('/theme', (req, res) => {
  res.json({ theme: req.cookies.theme || 'light' });
});
app.listen(process.env.PORT);
