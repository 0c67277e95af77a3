const express = require('express');
const app = express();

app.delete('/logs/:day', (req, res) => res.sendStatus(204));
app.listen(3000);
