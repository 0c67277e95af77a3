const express = require('express');
const app = express();

app.use((req, res, next) => {
  res.set('x-powered-by', 'us');
  next();
});
app.use('/assets', express.static('assets'));
app.get('/index', (req, res) => res.sendFile('/srv/index.html'));
app.listen(3000);
