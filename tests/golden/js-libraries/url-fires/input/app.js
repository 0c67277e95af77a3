const express = require('express');
const { URL } = require('url');
const app = express();
app.use(express.json());
app.get('/host', (req, res) => {
  res.json({ host: new URL(req.query.link).hostname });
});
app.listen(process.env.PORT);
