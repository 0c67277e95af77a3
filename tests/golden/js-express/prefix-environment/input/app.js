const express = require('express');

const prefix = process.env.API_PREFIX || '/api';
const { VERSION = 'v1' } = process.env;
const zone = process.env.ZONE ?? 'eu';

const app = express();
app.get(`${prefix}/${VERSION}/${zone}/ping`, (req, res) => res.send('pong'));
app.listen(process.env.PORT || 3000);
