module.exports = function (server) {
  server.get('/healthz', (req, res) => res.send('ok'));
};
