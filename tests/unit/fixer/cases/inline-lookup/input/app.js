const express = require('express');
const app = express();
const queue = [{ user: 'kim', job: 1 }];

app.post('/next/:user', ⟦H|(req, res) => {
  res.json({ job: ⟦F|⟦S|queue.splice(queue.findIndex((entry) => entry.user === req.params.user) >>> 0, 1)[0]⟧.job⟧ });
}⟧);

app.listen(process.env.PORT);
