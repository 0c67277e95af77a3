// Routes of Nitro where it stands alone: below routes and api, or below a folder `server`. Source: nitro.build/guide/routing.
const { start } = require("file-routes/server");

function __start__() {
  start(["server/api", "server/routes", "api", "routes"]);
}

module.exports = { __start__ };
