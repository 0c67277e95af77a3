import express = require('express');
import routes = require('./routes');

const app = express();
app.use('/m', routes());
app.listen(3000);
