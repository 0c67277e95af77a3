const express = require('express');
const billing = require('./billing');

const app = express();
app.use('/billing', billing);
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
