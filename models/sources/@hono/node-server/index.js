// Source: README of the package.
const { listen } = require("hono/native");

function serve(options, done) {
  listen(options.port === undefined ? 3000 : options.port);
  if (typeof done === "function") done({});
  return { close: () => undefined, on: () => undefined };
}

module.exports = { serve };
