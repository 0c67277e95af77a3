const express = require('express');

const app = express();
app.use(express.json());

app.get('/items', (req, res) => res.json([]));
app.post('/items', (req, res) => res.status(201).json({}));
app.put('/items/:id', (req, res) => res.json({ id: req.params.id }));
app.patch('/items/:id', (req, res) => res.json({ id: req.params.id }));
app.delete('/items/:id', (req, res) => res.sendStatus(204));
app.head('/items/:id', (req, res) => res.end());
app.options('/items', (req, res) => res.set('allow', 'GET').end());

app.listen(process.env.PORT || 3000);
