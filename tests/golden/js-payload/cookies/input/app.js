const express = require('express');
const cookieParser = require('cookie-parser');
const app = express();
app.use(cookieParser());

app.get('/theme', (req, res) => {
  const { theme = 'light' } = req.cookies;
  if (!req.cookies.session) {
    return res.status(401).json({ error: 'sign in' });
  }
  res.json({ theme });
});
app.listen(3000);
