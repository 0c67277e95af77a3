// Flat routes, whose names have dots for slashes: loaders answer GET, actions the other methods. Where a file has a component as well, GET gives
// a page. Sources: v2.remix.run/docs/file-conventions/routes, reactrouter.com/how-to/file-route-conventions, v2.remix.run/docs/guides/resource-routes.
const { each } = require("file-routes");
const { application, page, unknown } = require("file-routes/native");

// "users.$id[.]json" in its parts: what stands in brackets is as it stands.
function split(name) {
  const parts = [];
  let part = "";
  let depth = 0;
  for (const letter of name.split("")) {
    if (letter === "[") depth = depth + 1;
    if (letter === "]") depth = depth - 1;
    if ((letter === "." || letter === "/") && depth === 0) {
      parts.push(part);
      part = "";
    } else part = part + letter;
  }
  return parts.concat([part]);
}

const table = {
  pattern: "(^|/)app/routes/[^/]+(/route|/index)?\\.(js|jsx|ts|tsx)$",
  folder: "app/routes",
  prefix: "",
  segments: "dollar",
  isDropped: (part) => part.startsWith("_"),
  read: (path) => ({ parts: split(path.endsWith("/route") ? path.slice(0, path.length - 6) : path.endsWith("/index") ? path.slice(0, path.length - 6) : path) }),
};

function argsOf(request) {
  return { request, params: request.params, context: unknown() };
}

function start() {
  const app = application();
  each(table, (path, content) => {
    const { loader, action } = content;
    const hasPage = content.default !== undefined && content.default !== content;
    if (loader !== undefined && hasPage)
      app.route(path, "GET", async (request) => {
        await loader(argsOf(request));
        return page();
      }, loader);
    else if (loader !== undefined) app.route(path, "GET", (request) => loader(argsOf(request)), loader);
    if (action !== undefined) app.route(path, "POST", (request) => action(argsOf(request)), action);
  });
}

module.exports = { start };
