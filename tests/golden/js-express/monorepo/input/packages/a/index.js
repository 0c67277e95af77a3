const express = require('express');
const { health } = require('@shop/shared');

const app = express();
app.use('/a', health());
app.listen(3001);
