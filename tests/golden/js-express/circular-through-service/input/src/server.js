const express = require('express');
const logger = { info: (line) => console.log(line) };
exports.logger = logger;
const { notes } = require('./notes');

const app = express();
app.use('/notes', notes);
exports.app = app;
