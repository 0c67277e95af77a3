const express = require('express');

const plugins = [
  { name: 'wiki', routes: [['get', '/wiki']] },
  { name: 'none' },
];

const app = plugins.reduce((result, plugin) => {
  (plugin.routes || []).forEach(([verb, ...rest]) => {
    result[verb](...rest, (req, res) => res.send(plugin.name));
  });
  return result;
}, express());

app.listen(3000);
