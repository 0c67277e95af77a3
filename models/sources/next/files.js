// Routes of Next.js: exports named after methods of app/**/route.ts, and the default exports of pages/api. Sources: nextjs.org/docs/app
// (Route Handlers, Dynamic Routes, Route Groups, Parallel Routes, Private Folders), nextjs.org/docs/pages/building-your-application/routing/api-routes.
const { each, METHODS } = require("file-routes");
const fetch = require("file-routes/native");
const pages = require("next-pages/native");

const app = {
  pattern: "(^|/)app/(.+/)?route\\.(js|jsx|ts|tsx|mjs)$",
  folder: "app",
  prefix: "",
  segments: "bracketed",
  isDropped: (part) => part.startsWith("(") || part.startsWith("@"),
  read: (path) => (("/" + path).includes("/_") ? undefined : { parts: path.split("/").slice(0, -1) }),
};

const api = {
  pattern: "(^|/)pages/api/.+\\.(js|jsx|ts|tsx|mjs)$",
  folder: "pages/api",
  prefix: "/api",
  segments: "bracketed",
  read: (path) => (path.endsWith(".d") ? undefined : { parts: ("/" + path).endsWith("/index") ? path.split("/").slice(0, -1) : path.split("/") }),
};

function handlerOf(handler) {
  return function (request) {
    return handler(request, { params: request.params });
  };
}

function __start__() {
  const fetched = fetch.application();
  each(app, (path, content) => {
    for (const method of METHODS) {
      const handler = content[method];
      if (handler !== undefined) fetched.route(path, method, handlerOf(handler), handler);
    }
  });
  const paged = pages.application();
  each(api, (path, content) => {
    const handler = content.default;
    if (handler !== undefined && handler !== content) paged.route(path, "*", handler, handler);
  });
}

module.exports = { __start__ };
