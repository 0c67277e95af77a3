const express = require('express');
const app = express();

const connect = () => Promise.resolve(new Map());

connect().then((db) => {
  app.get('/keys', (req, res) => res.json([...db.keys()]));
  app.listen(3000);
});
