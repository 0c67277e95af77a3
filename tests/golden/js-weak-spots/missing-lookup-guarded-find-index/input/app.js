const express = require('express');
const app = express();
app.use(express.json());
const tasks = [{ id: '1', done: false }];
const at = (id) => tasks.findIndex((task) => task.id === id);

app.put('/strict/:id', (req, res) => {
  const index = tasks.findIndex((task) => task.id === req.params.id);
  if (index === -1) return res.sendStatus(404);
  tasks[index].done = true;
  res.json(tasks[index]);
});
app.put('/sign/:id', (req, res) => {
  const index = at(req.params.id);
  if (index < 0) {
    res.status(404).end();
    return;
  }
  tasks[index].done = true;
  res.json(tasks[index]);
});
app.put('/positive/:id', (req, res) => {
  const index = at(req.params.id);
  if (index > -1) tasks[index].done = true;
  res.json({});
});
app.put('/bits/:id', (req, res) => {
  const index = at(req.params.id);
  if (~index) tasks[index].done = true;
  res.json({});
});
app.listen(process.env.PORT);
