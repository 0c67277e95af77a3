const express = require('express');
const app = express();
const orders = [{ id: 'a1', total: 10 }];

app.get('/orders/:id/total', function total(ctx, reply) {
  const order = orders.find((o) => o.id === ctx.params.id);
  reply.json({ total: order.total });
});

app.listen(process.env.PORT);
