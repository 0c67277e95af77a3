const express = require('express');
app.get('/a', (req, res) => {
  res.json(req.body.user.name
});
app.get('/b', handler);
