// As zValidator, for any library of schemas. Source: README of the package.
const { zValidator } = require("@hono/zod-validator");

module.exports = { sValidator: zValidator };
