// Errors by name. Source: README of the package.
const { httpError } = require("fastify/native");

const STATUS = {
  badRequest: 400,
  unauthorized: 401,
  paymentRequired: 402,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  proxyAuthenticationRequired: 407,
  requestTimeout: 408,
  conflict: 409,
  gone: 410,
  lengthRequired: 411,
  preconditionFailed: 412,
  payloadTooLarge: 413,
  uriTooLong: 414,
  unsupportedMediaType: 415,
  rangeNotSatisfiable: 416,
  expectationFailed: 417,
  imateapot: 418,
  misdirectedRequest: 421,
  unprocessableEntity: 422,
  locked: 423,
  failedDependency: 424,
  tooEarly: 425,
  upgradeRequired: 426,
  preconditionRequired: 428,
  tooManyRequests: 429,
  requestHeaderFieldsTooLarge: 431,
  unavailableForLegalReasons: 451,
  internalServerError: 500,
  notImplemented: 501,
  badGateway: 502,
  serviceUnavailable: 503,
  gatewayTimeout: 504,
};

function maker(status) {
  return (message) => httpError(status, message);
}

function answer(status) {
  return function (message) {
    return this.send(httpError(status, message));
  };
}

function fits(condition, status, message) {
  if (!condition) throw httpError(status, message);
}

function plugin(instance) {
  const httpErrors = { createError: (status, message) => httpError(status, message), getHttpError: (status, message) => httpError(status, message) };
  for (const name of Object.keys(STATUS)) {
    httpErrors[name] = maker(STATUS[name]);
    instance.decorateReply(name, answer(STATUS[name]));
  }
  instance.decorate("httpErrors", httpErrors);
  instance.decorate("assert", fits);
}

plugin["skip-override"] = true;

module.exports = plugin;
module.exports.default = plugin;
module.exports.fastifySensible = plugin;
