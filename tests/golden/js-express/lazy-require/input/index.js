const app = require('express')();
const table = require('./table.json');
const handlers = { list: (req, res) => res.json([]), add: (req, res) => res.status(201).end() };

function setup(target) {
  const extra = require('./extra');
  extra.install(target, '/extra');
}

table.forEach(({ verb, url, use }) => app[verb.toLowerCase()](url, handlers[use]));
setup(app);
app.listen(3000);
