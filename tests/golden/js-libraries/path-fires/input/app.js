const express = require('express');
const path = require('path');
const app = express();
app.use(express.json());
app.get('/files', (req, res) => {
  res.sendFile(path.join('/srv/files', req.query.name));
});
app.listen(process.env.PORT);
