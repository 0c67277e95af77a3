// The same with another router.
module.exports = require("hono");
