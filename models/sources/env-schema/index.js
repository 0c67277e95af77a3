// Environment variables, checked against a schema. Source: README of the package.
function envSchema() {
  return process.env;
}

module.exports = envSchema;
module.exports.default = envSchema;
module.exports.envSchema = envSchema;
