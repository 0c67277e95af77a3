// Routes with schemas of what goes in and out. Source: README of the package.
const { Hono } = require("hono");
const { here, validation } = require("hono/native");

function bodyOf(content) {
  if (!content) return undefined;
  const json = content["application/json"];
  return json ? json.schema : undefined;
}

function partsOf(request) {
  const parts = {};
  if (request.params) parts.param = request.params;
  if (request.query) parts.query = request.query;
  if (request.headers) parts.header = request.headers;
  if (request.cookies) parts.cookie = request.cookies;
  if (request.body && request.body.content) {
    const schema = bodyOf(request.body.content);
    if (schema) parts.json = schema;
    const form = request.body.content["multipart/form-data"] || request.body.content["application/x-www-form-urlencoded"];
    if (form) parts.form = form.schema;
  }
  return parts;
}

function answersOf(responses) {
  const answers = {};
  for (const status of Object.keys(responses)) answers[status] = bodyOf(responses[status].content);
  return answers;
}

function colons(path) {
  return path.split("/").map((part) => (part.startsWith("{") && part.endsWith("}") ? ":" + part.slice(1, part.length - 1) : part)).join("/");
}

class OpenAPIHono extends Hono {
  openapi(route, ...handlers) {
    const before = route.middleware ? (Array.isArray(route.middleware) ? route.middleware : [route.middleware]) : [];
    const checks = route.request ? [validation(partsOf(route.request))] : [];
    this.path = colons(route.path);
    const all = before.concat(checks).concat([handlers[0]]);
    const site = here();
    this.say(route.method.toUpperCase(), all, site);
    const said = this.said[this.said.length - all.length];
    if (route.responses) said.answers = answersOf(route.responses);
    return this;
  }

  doc(path) {
    return this.say("GET", [path, (context) => context.json({})], here());
  }

  doc31(path) {
    return this.doc(path);
  }

  getOpenAPIDocument() {
    return {};
  }
}

module.exports = { OpenAPIHono, createRoute: (route) => route, z: require("zod").z };
