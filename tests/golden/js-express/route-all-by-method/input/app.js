const express = require('express');
const app = express();
app.use(express.json());
app.all('/both', (req, res) => {
  if (req.method === 'GET') return res.json({ a: 1 });
  if (req.method === 'POST') return res.status(201).json({ b: 2 });
  res.sendStatus(405);
});
app.route('/any').all((req, res) => res.json({ method: req.method }));
app.listen(3000);
