const express = require('express');
const app = express();

const aliases = ['/colours', '/colors'];

app.get(aliases, (req, res) => res.json(['red']));
app.get([...aliases, '/hues'].map((path) => path + '/:name'), (req, res) => res.json({}));
app.listen(3000);
