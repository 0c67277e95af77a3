module.exports = require("@koa/router");
module.exports.default = module.exports;
