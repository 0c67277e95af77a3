// Routers that also write a document. Source: README of the package. Decorators say nothing that runs, but for routes that mapDir makes of
// them; programs that use both name the same routes.
const Router = require("@koa/router");

class SwaggerRouter extends Router {
  swagger(options) {
    this.get((options && options.swaggerHtmlEndpoint) || "/swagger-html", (context) => {
      context.body = "";
    });
    this.get((options && options.swaggerJsonEndpoint) || "/swagger-json", (context) => {
      context.body = {};
    });
  }

  map() {}

  mapDir() {}
}

function says() {
  return () => undefined;
}

module.exports = { SwaggerRouter, wrapper: () => undefined };
for (const name of ["request", "summary", "description", "query", "path", "body", "formData", "header", "tags", "tagsAll", "responses", "responsesAll", "middlewares", "middlewaresAll", "security", "securityAll", "deprecated", "deprecatedAll", "order", "prefix", "queryAll"]) module.exports[name] = says;
