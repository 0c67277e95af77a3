// What Fastify does while a program starts: instances within instances, plugins in the order in which they are loaded, hooks,
// decorators, and at last routes. Sources: fastify.dev/docs (Reference/Server, Routes, Hooks, Encapsulation), lib/pluginOverride.js.
const { application, library, validation, isCode, here, isObject } = require("fastify/native");

const roots = [];
const BEFORE_BODY = ["onRequest", "preParsing", "preValidation"];
const NAMES = ["onRequest", "preParsing", "preValidation", "preHandler"];

function nothing() {}

function listOf(hooks) {
  if (!hooks) return [];
  return Array.isArray(hooks) ? hooks : [hooks];
}

function joined(prefix, path) {
  if (!prefix) return path;
  if (path === "") return prefix;
  if (prefix.endsWith("/") && path.startsWith("/")) return prefix + path.slice(1);
  if (!prefix.endsWith("/") && !path.startsWith("/")) return prefix + "/" + path;
  return prefix + path;
}

// Each part of the request by the name of the member that has it.
function partsOf(schema, shared) {
  const parts = {};
  if (schema.body) parts.body = resolved(schema.body.content ? bodyOf(schema.body) : plain(schema.body), shared);
  if (schema.querystring) parts.query = resolved(plain(schema.querystring), shared);
  if (schema.query) parts.query = resolved(plain(schema.query), shared);
  if (schema.params) parts.params = resolved(plain(schema.params), shared);
  if (schema.headers) parts.headers = resolved(plain(schema.headers), shared);
  return parts;
}

// With those in place that it refers to by name.
function resolved(schema, shared) {
  if (Object.keys(shared).length === 0) return schema;
  if (Array.isArray(schema)) return schema.map((one) => resolved(one, shared));
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === "string" && !schema.$ref.startsWith("#")) {
    const name = schema.$ref.split("#")[0];
    return shared[name] ? resolved(Object.assign({ title: name }, shared[name]), shared) : schema;
  }
  const copy = {};
  for (const key of Object.keys(schema)) copy[key] = resolved(schema[key], shared);
  return copy;
}

// Builders of schemas give what they built.
function plain(schema) {
  return isObject(schema) && schema.isFluentSchema ? schema.valueOf() : schema;
}

function bodyOf(answer) {
  if (isObject(answer) && answer.content) {
    const media = answer.content["application/json"] || Object.values(answer.content)[0];
    return media ? plain(media.schema) : undefined;
  }
  return plain(answer);
}

function answersOf(response, shared) {
  const answers = {};
  for (const status of Object.keys(response)) answers[status] = resolved(bodyOf(response[status]), shared);
  return answers;
}

function sets(name, value) {
  return function (request) {
    request[name] = value;
  };
}

function setsOfReply(name, value) {
  return function (request, reply) {
    reply[name] = value;
  };
}

class Instance {
  constructor(parent, prefix) {
    if (parent) Object.assign(this, parent);
    this.parent = parent;
    this.children = [];
    this.prefix = prefix;
    this.routes = [];
    this.decorated = [];
    this.waiting = [];
    this.loaded = 0;
    this.errorHandler = undefined;
    this.isReady = false;
    this.hooks = { onRequest: [], preParsing: [], preValidation: [], preHandler: [] };
    if (parent) {
      for (const name of NAMES) this.hooks[name] = parent.hooks[name].concat([]);
      parent.children.push(this);
      this.native = parent.native;
      this.shared = parent.shared;
    } else {
      this.native = application();
      this.shared = {};
      roots.push(this);
    }
  }

  // ---- plugins

  register(plugin, options) {
    this.waiting.push({ plugin, options });
    return this;
  }

  after(done) {
    this.load();
    if (done) done();
    return this;
  }

  then() {
    this.load();
  }

  load() {
    while (this.loaded < this.waiting.length) {
      const next = this.waiting[this.loaded];
      this.loaded = this.loaded + 1;
      this.run(next.plugin, next.options);
    }
  }

  run(given, options) {
    const plugin = given && given.default ? given.default : given;
    if (!isCode(plugin)) return;
    const settings = typeof options === "function" ? options(this) : options || {};
    const instance = plugin["skip-override"] ? this : new Instance(this, settings.prefix ? joined(this.prefix, settings.prefix) : this.prefix);
    const waiting = instance.waiting;
    const loaded = instance.loaded;
    instance.waiting = [];
    instance.loaded = 0;
    plugin(instance, settings, nothing);
    instance.load();
    instance.waiting = waiting;
    instance.loaded = loaded;
  }

  // ---- what all below have

  decorate(name, value) {
    this[name] = value;
    for (const child of this.children) child.decorate(name, value);
    return this;
  }

  decorateRequest(name, value) {
    if (isCode(value)) this.decorated.push(sets(name, value));
    return this;
  }

  decorateReply(name, value) {
    if (isCode(value)) this.decorated.push(setsOfReply(name, value));
    return this;
  }

  hasDecorator(name) {
    return this[name] !== undefined;
  }

  hasRequestDecorator() {
    return false;
  }

  hasReplyDecorator() {
    return false;
  }

  addHook(name, hook) {
    if (this.hooks[name]) this.hooks[name].push(hook.bind(this));
    return this;
  }

  setErrorHandler(handler) {
    this.errorHandler = handler.bind(this);
    return this;
  }

  addSchema(schema) {
    if (schema && schema.$id) this.shared[schema.$id] = plain(schema);
    return this;
  }

  getSchema(id) {
    return this.shared[id];
  }

  setNotFoundHandler() {
    return this;
  }

  setValidatorCompiler() {
    return this;
  }

  setSerializerCompiler() {
    return this;
  }

  setReplySerializer() {
    return this;
  }

  setSchemaController() {
    return this;
  }

  setSchemaErrorFormatter() {
    return this;
  }

  addContentTypeParser() {
    return this;
  }

  removeContentTypeParser() {
    return this;
  }

  removeAllContentTypeParsers() {
    return this;
  }

  withTypeProvider() {
    return this;
  }

  // ---- routes

  route(options) {
    this.routes.push({ options, site: here() });
    return this;
  }

  shorthand(method, path, options, handler, site) {
    const all = typeof options === "function" ? { handler: options } : Object.assign({}, options);
    if (handler) all.handler = handler;
    all.method = method;
    all.url = path;
    this.routes.push({ options: all, site });
    return this;
  }

  get(path, options, handler) {
    return this.shorthand("GET", path, options, handler, here());
  }

  post(path, options, handler) {
    return this.shorthand("POST", path, options, handler, here());
  }

  put(path, options, handler) {
    return this.shorthand("PUT", path, options, handler, here());
  }

  patch(path, options, handler) {
    return this.shorthand("PATCH", path, options, handler, here());
  }

  delete(path, options, handler) {
    return this.shorthand("DELETE", path, options, handler, here());
  }

  head(path, options, handler) {
    return this.shorthand("HEAD", path, options, handler, here());
  }

  options(path, options, handler) {
    return this.shorthand("OPTIONS", path, options, handler, here());
  }

  all(path, options, handler) {
    return this.shorthand("*", path, options, handler, here());
  }

  // ---- the end of start-up

  ready(done) {
    this.start();
    if (typeof done === "function") done();
    return this;
  }

  listen(options) {
    this.native.listen(typeof options === "object" ? options.port : options);
    this.start();
    return this;
  }

  inject() {
    this.start();
  }

  start() {
    if (this.isReady) return;
    this.isReady = true;
    this.load();
    this.finish();
  }

  finish() {
    if (this.routes.length) {
      const router = library();
      this.native.mount(router);
      for (let above = this; above; above = above.parent) if (above.errorHandler) router.fail("*", above.errorHandler);
      for (const route of this.routes) this.add(router, route.options, route.site);
    }
    for (const child of this.children) child.finish();
  }

  add(router, options, site) {
    const chain = [];
    for (let above = this; above; above = above.parent) chain.push(above.decorated);
    for (const name of BEFORE_BODY) chain.push(this.hooks[name].concat(listOf(options[name])));
    if (options.schema) chain.push(validation(partsOf(options.schema, this.shared)));
    chain.push(this.hooks.preHandler.concat(listOf(options.preHandler)));
    chain.push(options.handler.bind(this));
    const answers = options.schema && options.schema.response ? answersOf(options.schema.response, this.shared) : undefined;
    if (options.errorHandler) {
      const own = library();
      this.native.mount(own);
      own.fail("*", options.errorHandler);
      own.route(joined(this.prefix, options.url || options.path || ""), options.method, chain, site, answers);
    } else router.route(joined(this.prefix, options.url || options.path || ""), options.method, chain, site, answers);
  }
}

function __start__() {
  for (const root of roots) root.start();
}

function fastify() {
  return new Instance(undefined, "");
}

module.exports = fastify;
module.exports.default = fastify;
module.exports.fastify = fastify;
