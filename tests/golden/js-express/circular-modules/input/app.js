const express = require('express');
const app = express();

module.exports = { app, prefix: '/loop' };
require('./routes');
app.listen(3000);
