// React Router 7 where its routes are files (flatRoutes).
const { start } = require("file-routes/flat");

function __start__() {
  start();
}

module.exports = { __start__ };
