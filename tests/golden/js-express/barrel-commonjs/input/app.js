const express = require('express');
const routes = require('./routes');

const app = express();
app.use('/a', routes.alpha);
app.use('/b', routes.beta);
app.use('/g', routes.more.gamma);
app.listen(3000);
