const docs = new Map([['d-0001', { title: 'First' }]]);

exports.read = (id) => {
  if (!/^d-\d{4}$/.test(id)) {
    throw new Error(`bad document id ${id}`);
  }
  return docs.get(id);
};
