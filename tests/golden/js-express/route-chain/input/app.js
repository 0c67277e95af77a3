const express = require('express');
const app = express();

app
  .route('/books')
  .get((req, res) => res.json([]))
  .post((req, res) => res.status(201).json({}));

const one = app.route('/books/:isbn');
one.get((req, res) => res.json({}));
one.delete((req, res) => res.sendStatus(204));

app.listen(3000);
