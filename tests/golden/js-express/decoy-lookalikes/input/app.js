const express = require('express');
const EventEmitter = require('events');

const cache = new Map();
const bus = new EventEmitter();
const store = {
  routes: {},
  get(path, fn) {
    return (this.routes[path] = fn);
  },
};

cache.get('/cached');
cache.delete('/cached', () => {});
store.get('/stored', (req, res) => res.end());
bus.on('/event', (req, res) => res.end());

const app = express();
// app.get('/commented', (req, res) => res.end());
const text = "app.get('/in-a-string', handler)";
app.locals.text = text;
app.listen(3000);
