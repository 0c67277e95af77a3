const express = require('express');
require('./orphan');

const app = express();
app.get('/here', (req, res) => res.send('here'));
app.listen(3000);
