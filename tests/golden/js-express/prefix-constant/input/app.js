const express = require('express');

const BASE = '/api';
const VERSION = 'v' + 3;
const USERS = `${BASE}/${VERSION}/users`;

const app = express();
app.get(USERS, (req, res) => res.json([]));
app.get(USERS + '/:id', (req, res) => res.json({}));
app.get(`${USERS}/:id/posts`, (req, res) => res.json([]));
app.listen(3000);
