// A server of its own. Source: trpc.io/docs/server/adapters/standalone.
const { serve } = require("@trpc/server");

function createHTTPServer(options) {
  serve(options.router, options.basePath ? options.basePath.slice(0, options.basePath.length - 1) : "");
  return { listen: () => undefined, on: () => undefined };
}

module.exports = { createHTTPServer, createHTTPHandler: createHTTPServer };
