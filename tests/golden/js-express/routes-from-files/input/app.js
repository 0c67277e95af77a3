const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
app.use(express.json());
const conf = JSON.parse(fs.readFileSync(path.join(__dirname, 'config', 'routes.json'), 'utf8'));
for (const r of conf.routes) {
  const [file, fn] = r.handler.split('#');
  const controller = require('./controllers/' + file);
  app[r.method.toLowerCase()](r.path, controller[fn]);
}
fs.readdirSync(path.join(__dirname, 'routes')).filter(f => f.endsWith('.js')).forEach(file => {
  const route = require(path.join(__dirname, 'routes', file));
  const name = path.basename(file, '.js');
  app.use('/' + name, route);
});
app.listen(3000);
