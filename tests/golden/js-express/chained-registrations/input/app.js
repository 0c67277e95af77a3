const express = require('express');

express()
  .use(express.json())
  .get('/one', (req, res) => res.send('1'))
  .post('/two', (req, res) => res.send('2'))
  .use('/deep', express.Router().get('/three', (req, res) => res.send('3')))
  .listen(3000);
