const express = require('express');
const { URL } = require('url');
const app = express();
app.use(express.json());
app.get('/host', (req, res) => {
  if (!URL.canParse(req.query.link)) {
    return res.status(400).json({ error: 'link is no URL' });
  }
  res.json({ host: new URL(req.query.link).hostname });
});
app.listen(process.env.PORT);
