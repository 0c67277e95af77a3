const express = require('express');
const app = express();

function route(method, path, ...handlers) {
  app[method]('/api' + path, ...handlers);
}

const get = (path, handler) => route('get', path, handler);

get('/cities', (req, res) => res.json([]));
route('post', '/cities', express.json(), (req, res) => res.status(201).end());
app.listen(3000);
