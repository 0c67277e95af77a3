exports.toRow = (data) => ({
  name: data.name,
  length: data.size && data.size.length,
});
