const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10, lines: [] }];

app.get('/orders/:id', (req, res) => {
	const order = orders.find((o) => o.id === req.params.id);
	if (!order) {
		return res.status(404).json({ error: 'Order not found' });
	}
	res.json(order);
});

app.get('/orders/:id/lines', (req, res) => {
	const order = orders.find((o) => o.id === req.params.id);
	res.json({ lines: order.lines });
});

app.listen(process.env.PORT);
