const express = require('express');
const app = express();
const orders = new Map([['a1', { total: 10 }]]);

app.get('/orders/:id/total', (req, res) => res.json({ total: orders.get(req.params.id).total }));

app.listen(process.env.PORT);
