const express = require('express');
const app = express();
app.get('/', (req, res) => res.send('this file is called like the package'));
app.listen(3000);
