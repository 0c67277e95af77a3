// Tokens. Source: README of the package, lib/index.js.
const { caller } = require("koa/native");

function jwt(options) {
  const key = (options && options.key) || "user";
  const isOptional = options && options.passthrough;
  const check = async function (context, next) {
    if (!isOptional && !context.headers.authorization) context.throw(401, "Authentication Error");
    context.state[key] = caller(context.headers.authorization);
    return next();
  };
  check.unless = () => check;
  return check;
}

module.exports = jwt;
module.exports.default = jwt;
