// Server routes of Nuxt and Nitro: the default exports of server/api and server/routes; a method stands in the name. Sources:
// nuxt.com/docs/guide/directory-structure/server, nitro.build/guide/routing.
const { start } = require("file-routes/server");

function __start__() {
  start(["server/api", "server/routes"]);
}

module.exports = { __start__ };
