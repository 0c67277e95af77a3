const express = require('express');
const settings = require('./settings-from-elsewhere');
const items = express.Router();
items.get('/items', (req, res) => res.json([]));
const app = express();
app.get('/health', (req, res) => res.json({ ok: true }));
app.use(settings.prefix(), items);
app.listen(3000);
