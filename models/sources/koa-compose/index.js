// Middlewares as one. Source: its README.
function compose(middlewares) {
  return { composed__: middlewares };
}

module.exports = compose;
module.exports.default = compose;
