const express = require('express');
const service = require('./service');
const app = express();

app.get('/users/:id/email', async (req, res) => {
  const user = await service.user(Number(req.params.id));
  res.json({ email: user.email.toLowerCase() });
});
app.listen(process.env.PORT);
