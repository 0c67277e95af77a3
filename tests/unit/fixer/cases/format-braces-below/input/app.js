const orders = require('./orders');

app.get('/orders/:id', function (req, res)
{
    const order = orders.find(req.params.id);
    if (!order)
    {
        ⟦M|return res.status(404).json({ error: 'no such order' });⟧
    }
    res.json(order);
});

app.get('/orders/:id/total', ⟦H|function (req, res)
{
    const order = orders.find(req.params.id);
    res.json({ total: ⟦F|⟦S|order⟧.total⟧ });
}⟧);
