const express = require('express');
const app = express();

app.get('/stars/:count', (req, res) => {
  const count = Math.min(Math.max(parseInt(req.params.count, 10) || 0, 0), 50);
  res.send('*'.repeat(count));
});
app.listen(process.env.PORT);
