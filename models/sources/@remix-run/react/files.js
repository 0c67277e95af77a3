// Remix 2: its routes are flat files.
const { start } = require("file-routes/flat");

function __start__() {
  start();
}

module.exports = { __start__ };
