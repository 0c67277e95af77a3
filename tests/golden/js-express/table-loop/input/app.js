const express = require('express');
const app = express();

const table = [
  { method: 'get', path: '/trains', handler: (req, res) => res.json([]) },
  { method: 'post', path: '/trains', handler: (req, res) => res.status(201).end() },
];
for (const { method, path, handler } of table) {
  app[method](path, handler);
}

['red', 'green'].forEach((colour) => {
  app.get(`/lines/${colour}`, (req, res) => res.send(colour));
});

const pages = { about: 'About us', terms: 'Terms' };
for (const [name, title] of Object.entries(pages)) {
  app.get('/pages/' + name, (req, res) => res.send(title));
}

const names = Object.keys(pages);
for (let i = 0; i < names.length; i++) {
  app.put('/pages/' + names[i], (req, res) => res.sendStatus(204));
}
app.listen(3000);
