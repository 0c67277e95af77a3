// zValidator("json", schema): that part of the request fits behind it, else it is answered with 400. Source: README of the package.
const { validation } = require("hono/native");

function zValidator(target, schema) {
  const parts = {};
  parts[target] = schema;
  return validation(parts);
}

module.exports = { zValidator };
