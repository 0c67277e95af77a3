module.exports = {
  api: { prefix: '/rest', version: 1 },
  paths: { list: '/list' },
  features: { search: true },
};
