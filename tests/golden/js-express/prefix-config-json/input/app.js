const express = require('express');
const settings = require('./settings.json');
const { version } = require('./package.json');

const app = express();
app.get(settings.http.base + '/version', (req, res) => res.json({ version }));
app.listen(settings.http.port);
