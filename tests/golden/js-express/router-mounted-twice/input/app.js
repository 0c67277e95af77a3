const express = require('express');
const app = express();
const status = express.Router();

status.get('/live', (req, res) => res.send('yes'));

app.use('/internal', status);
app.use('/public', status);
app.listen(3000);
