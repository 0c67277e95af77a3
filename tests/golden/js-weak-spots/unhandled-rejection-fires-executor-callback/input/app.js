const express = require('express');
const app = express();
const users = [{ id: '1', name: 'Ann' }];

app.get('/users/:id', (req, res) => {
  setTimeout(() => {
    const user = users.find((u) => u.id === req.params.id);
    if (!user) {
      throw new Error('user not found');
    }
    res.json(user);
  }, 5);
});
app.listen(process.env.PORT);
