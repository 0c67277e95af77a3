const express = require('express');
const app = express();
app.use(express.json());
const tasks = [{ id: '1', title: 'a' }];

app.put('/tasks/:id', (req, res) => {
  const index = tasks.findIndex((task) => task.id === req.params.id);
  tasks[index].title = String(req.body.title);
  res.json(tasks[index]);
});
app.patch('/tasks/at/:n', (req, res) => {
  tasks[req.params.n].title = String(req.body.title);
  res.json({ title: tasks[req.params.n].title });
});
app.listen(process.env.PORT);
