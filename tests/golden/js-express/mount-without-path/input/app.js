const express = require('express');
const app = express();
const pages = express.Router();

pages.get('/about', (req, res) => res.send('about'));

app.use(pages);
app.use(express.static('public'));
app.listen(3000);
