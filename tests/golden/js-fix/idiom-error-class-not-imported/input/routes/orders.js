const router = require('express').Router();
const { NotFoundError } = require('../lib/errors');
const orders = [{ id: 'a1', total: 10 }];

router.get('/:id', (req, res) => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    throw new NotFoundError('Order not found');
  }
  res.json(order);
});

module.exports = router;
