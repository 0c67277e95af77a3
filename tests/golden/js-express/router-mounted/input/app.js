const express = require('express');
const orders = require('./routes/orders');

const app = express();
app.use('/api/orders', orders);
app.listen(3000);
