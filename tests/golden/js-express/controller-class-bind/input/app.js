const express = require('express');
const TaskController = require('./task-controller');

const app = express();
const tasks = new TaskController(new Map());

app.get('/tasks', tasks.list.bind(tasks));
app.get('/tasks/:id', (req, res) => tasks.show(req, res));
app.post('/tasks', tasks.create);
app.get('/about', TaskController.about);
app.listen(3000);
