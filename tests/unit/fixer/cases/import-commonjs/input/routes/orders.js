const { BadRequestError, NotFoundError } = require('../lib/errors');

export const show = (req, res) => {
  const order = orders.find(req.params.id);
  if (!order) {
    ⟦M|throw new NotFoundError('Order not found');⟧
  }
  res.json(order);
};
