const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id', function (req, res)
{
    const order = orders.find(function (o) { return o.id === req.params.id; });
    if (!order)
    {
        return res.status(404).json({ error: 'no such order' });
    }
    res.json(order);
});

app.get('/orders/:id/total', function (req, res)
{
    const order = orders.find(function (o) { return o.id === req.params.id; });
    res.json({ total: order.total });
});

app.listen(process.env.PORT);
