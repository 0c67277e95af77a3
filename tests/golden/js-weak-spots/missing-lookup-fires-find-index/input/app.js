const express = require('express');
const app = express();
app.use(express.json());
const tasks = [{ id: '1', done: false }];

app.put('/tasks/:id', (req, res) => {
  const index = tasks.findIndex((task) => task.id === req.params.id);
  tasks[index].done = true;
  res.json(tasks[index]);
});
app.listen(process.env.PORT);
