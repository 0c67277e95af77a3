// Tokens. Sources: README of the package; errors as its jwt.js makes them.
const { caller, unauthorized } = require("fastify/native");

async function verify() {
  if (!this.headers.authorization) throw unauthorized(401);
  this.user = caller(this.headers.authorization);
  return this.user;
}

function plugin(instance, options) {
  const name = options.namespace;
  instance.decorateRequest(options.jwtVerify || (name ? name + "JwtVerify" : "jwtVerify"), verify);
}

plugin["skip-override"] = true;

module.exports = plugin;
module.exports.default = plugin;
module.exports.fastifyJwt = plugin;
