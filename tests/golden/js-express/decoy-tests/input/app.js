const express = require('express');
const app = express();

app.get('/ok', (req, res) => res.send('ok'));

module.exports = app;
if (require.main === module) {
  app.listen(3000);
}
