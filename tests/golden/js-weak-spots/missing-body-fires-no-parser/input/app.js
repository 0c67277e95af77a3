const express = require('express');
const app = express();

app.put('/settings', (req, res) => {
  const theme = req.body.theme;
  res.json({ theme: theme || 'light' });
});
app.listen(process.env.PORT);
