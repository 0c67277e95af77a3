module.exports = require("@hapi/hapi");
