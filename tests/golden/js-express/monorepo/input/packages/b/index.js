const express = require('express');

const app = express();
app.get('/b/list', (req, res) => res.json([]));
app.listen(3002);
