const { Router } = require('express');

const beta = Router();
beta.get('/two', (req, res) => res.send('2'));
exports.beta = beta;

exports.more = { gamma: Router().get('/three', (req, res) => res.send('3')) };
