// Endpoints of SvelteKit: exports named after methods of +server.js. Sources: svelte.dev/docs/kit (Routing, Advanced routing, Types: RequestEvent).
const { each, METHODS } = require("file-routes");
const { application, unknown } = require("file-routes/native");

const table = {
  pattern: "(^|/)src/routes/(.+/)?\\+server\\.(js|ts)$",
  folder: "src/routes",
  prefix: "",
  segments: "bracketed",
  isDropped: (part) => part.startsWith("("),
  read: (path) => ({ parts: path.split("/").slice(0, -1) }),
};

function handlerOf(handler) {
  return function (request) {
    return handler({
      request,
      params: request.params,
      url: request.nextUrl,
      cookies: request.jar,
      locals: unknown(),
      platform: unknown(),
      route: { id: unknown() },
      fetch: unknown(),
      setHeaders: () => undefined,
      getClientAddress: () => "",
    });
  };
}

function __start__() {
  const app = application();
  each(table, (path, content) => {
    for (const method of METHODS.concat(["fallback"])) {
      const handler = content[method];
      if (handler !== undefined) app.route(path, method === "fallback" ? "*" : method, handlerOf(handler), handler);
    }
  });
}

module.exports = { __start__ };
