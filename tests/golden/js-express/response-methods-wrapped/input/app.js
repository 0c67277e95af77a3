const express = require('express');
const app = express();
app.use(express.json());
app.use((req, res, next) => {
  const originalSend = res.send;
  res.send = function (body) { res.locals.body = body; return originalSend.call(this, body); };
  const originalJson = res.json.bind(res);
  res.json = (body) => { console.log(body); return originalJson(body); };
  next();
});
app.get('/a', (req, res) => { res.status(404).send({ a: 1 }); });
app.get('/b', (req, res) => { res.status(201).json({ b: 1 }); });
app.listen(3000);
