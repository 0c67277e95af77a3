const express = require('express');
const app = express();

app.get('/flights/:from-:to', (req, res) => res.json({}));
app.get('/users/:id(\\d+)', (req, res) => res.json({}));
app.get('/posts/:year/:month?', (req, res) => res.json({}));
app.get('/files/:name.:ext', (req, res) => res.json({}));
app.listen(3000);
