const express = require('express');
const app = express();

app.get('/posts/:year{/:month}', (req, res) => res.json({}));
app.get('/files/*path', (req, res) => res.json({ path: req.params.path }));
app.get('/range/:from..:to', (req, res) => res.json({}));
app.listen(3000);
