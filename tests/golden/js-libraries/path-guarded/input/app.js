const express = require('express');
const path = require('path');
const app = express();
app.use(express.json());
app.get('/files', (req, res) => {
  if (typeof req.query.name !== 'string') {
    return res.status(400).json({ error: 'name is required' });
  }
  res.sendFile(path.join('/srv/files', path.basename(req.query.name)));
});
app.get('/files/:name', (req, res) => {
  res.sendFile(path.join('/srv/files', req.params.name));
});
app.listen(process.env.PORT);
