const express = require('express');
const config = require('./config');
const items = express.Router();
items.get('/items', (req, res) => res.json([]));
const app = express();
app.use(config.API_BASE, items);
app.listen(3000);
