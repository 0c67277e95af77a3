// Source: hono.dev/docs/helpers/factory.
const { Hono } = require("hono");

function createFactory(options) {
  return {
    createApp: () => {
      const made = new Hono();
      if (options && options.initApp) options.initApp(made);
      return made;
    },
    createMiddleware: (handler) => handler,
    createHandlers: (...handlers) => handlers,
  };
}

module.exports = { createFactory, createMiddleware: (handler) => handler };
