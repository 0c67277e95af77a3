const express = require('express');
const { create, rename } = require('./service');
const app = express();
app.use(express.json());

app.post('/boats', (req, res) => res.status(201).json(create(req.body)));
app.put('/boats/:id', (req, res) => res.json(rename(req.params.id, req.body)));
app.listen(3000);
