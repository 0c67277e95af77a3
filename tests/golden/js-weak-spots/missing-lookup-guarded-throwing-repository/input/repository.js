class NotFound extends Error {
  statusCode = 404;
}

const orders = [{ id: 'a1', total: 10 }];

exports.get = async (id) => {
  const order = orders.find((o) => o.id === id);
  if (order === undefined) {
    throw new NotFound(`order ${id}`);
  }
  return order;
};
