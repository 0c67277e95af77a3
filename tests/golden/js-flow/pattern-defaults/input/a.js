function take({ body: { page = 1, filter: { name = 'x' } = {} }, ...req }, [id = req.id] = []) {
  const { size = page * 2, sort: [key = 'id', order] = [] } = req.query;
  return [page, name, id, size, key, order];
}
