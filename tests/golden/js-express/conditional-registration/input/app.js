const express = require('express');
const app = express();

const LEGACY = false;

if (process.env.NODE_ENV !== 'production') {
  app.get('/debug', (req, res) => res.json({}));
}
if (LEGACY) {
  app.get('/legacy', (req, res) => res.json({}));
}
app.listen(3000);
