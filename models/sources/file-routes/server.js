// Files of which each has one handler, and the method in its name: server/api/users/[id].get.ts. Shared by Nuxt and Nitro.
const { each } = require("file-routes");
require("h3");
const { application } = require("nitro-routes/native");

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];
const WHEN = ["dev", "prod", "prerender"];

function read(path) {
  let plain = path;
  let method = "*";
  for (const when of WHEN) if (plain.endsWith("." + when)) plain = plain.slice(0, plain.length - when.length - 1);
  for (const one of METHODS) {
    if (!plain.endsWith("." + one)) continue;
    method = one.toUpperCase();
    plain = plain.slice(0, plain.length - one.length - 1);
  }
  if (plain.endsWith(".d") || plain.endsWith(".test") || plain.endsWith(".spec")) return undefined;
  return { parts: ("/" + plain).endsWith("/index") ? plain.split("/").slice(0, -1) : plain.split("/"), method };
}

function start(folders) {
  const app = application();
  for (const folder of folders) {
    // "api" alone is not that of "server/api", which is there already
    const front = folder.includes("/") ? "(^|/)" : "^(src/|[^/]+/)?(?<!server/)";
    const table = {
      pattern: front + folder + "/.+\\.(js|ts|mjs|mts)$",
      folder,
      prefix: folder.endsWith("api") ? "/api" : "",
      segments: "bracketed",
      isDropped: (part) => part.startsWith("(") && part.endsWith(")"),
      read,
    };
    each(table, (path, content, said) => {
      const handler = content.default;
      if (handler !== undefined && handler !== content) app.route(path, said.method, handler, handler);
    });
  }
}

module.exports = { start };
