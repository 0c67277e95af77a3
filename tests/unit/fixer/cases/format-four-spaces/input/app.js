const express = require('express');
const HttpError = require('./http-error');
const orders = require('./orders');

const app = express();

app.get('/orders/:id', (req, res) => {
    const order = orders.find(req.params.id);
    if (!order) {
        ⟦M|throw new HttpError(404, 'Order not found');⟧
    }
    res.json(order);
});

app.get('/orders/:id/tracking', ⟦H|(req, res) => {
    const order = orders.find(req.params.id);
    const { code } = ⟦F|⟦S|order⟧.shipment⟧;
    res.json({ code });
}⟧);

module.exports = app;
