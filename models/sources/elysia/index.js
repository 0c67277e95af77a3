// What an Elysia instance does while a program starts: routes, groups, plugins in the order in which they are said, what runs before handlers, and schemas.
// Sources: elysiajs.com (essential/route, essential/plugin, essential/life-cycle, patterns/group), src/index.ts.
const native = require("elysia/native");
const { application, library, validation, here, isCode, isObject } = native;
const { Type } = require("@sinclair/typebox");

const instances = [];
const PARTS = { body: "body", query: "query", params: "params", headers: "headers" };

function listOf(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function joined(prefix, path) {
  const own = path === "" || path === "/" ? "" : path.startsWith("/") ? path : "/" + path;
  return prefix + own === "" ? "/" : prefix + own;
}

function partsOf(said, models) {
  const parts = {};
  for (const name of Object.keys(PARTS)) {
    const given = said[name];
    if (given === undefined) continue;
    parts[name] = typeof given === "string" ? models[given] : given;
  }
  return parts;
}

function answersOf(response, models) {
  const one = (given) => (typeof given === "string" ? models[given] : given);
  if (isObject(response) && !response.type && !response.anyOf && !response.allOf && !response.$ref) {
    const answers = {};
    for (const status of Object.keys(response)) answers[status] = one(response[status]);
    return answers;
  }
  return { 200: one(response) };
}

function derived(make) {
  return async (context) => {
    const more = await make(context);
    for (const name of Object.keys(more)) context[name] = more[name];
  };
}

function guarded(check) {
  return async (context) => {
    const answer = await check(context);
    return answer;
  };
}

class Elysia {
  constructor(options) {
    this.prefix = (options && options.prefix) || "";
    this.said = [];
    this.before = [];
    this.models = {};
    this.common = {};
    this.errorHandlers = [];
    this.isPart = false;
    instances.push(this);
  }

  say(method, path, handler, options, site) {
    this.said.push({ method, path: joined(this.prefix, path), handler, options: Object.assign({}, this.common, options || {}), before: this.before.concat([]), site, owner: this });
    return this;
  }

  get(path, handler, options) {
    return this.say("GET", path, handler, options, here());
  }

  post(path, handler, options) {
    return this.say("POST", path, handler, options, here());
  }

  put(path, handler, options) {
    return this.say("PUT", path, handler, options, here());
  }

  patch(path, handler, options) {
    return this.say("PATCH", path, handler, options, here());
  }

  delete(path, handler, options) {
    return this.say("DELETE", path, handler, options, here());
  }

  head(path, handler, options) {
    return this.say("HEAD", path, handler, options, here());
  }

  options(path, handler, options) {
    return this.say("OPTIONS", path, handler, options, here());
  }

  all(path, handler, options) {
    return this.say("*", path, handler, options, here());
  }

  route(method, path, handler, options) {
    return this.say(method.toUpperCase(), path, handler, options, here());
  }

  ws() {
    return this;
  }

  // ---- instances within

  take(inner, prefix) {
    inner.isPart = true;
    if (!inner.above) inner.above = this;
    for (const one of inner.said)
      this.said.push({ method: one.method, path: joined(prefix, one.path), handler: one.handler, options: one.options, before: this.before.concat(one.before), site: one.site, owner: one.owner });
    Object.assign(this.models, inner.models);
    return this;
  }

  use(given) {
    if (Array.isArray(given)) {
      for (const one of given) this.use(one);
      return this;
    }
    const plugin = given && given.default ? given.default : given;
    if (isObject(plugin) && plugin.said) {
      for (const check of plugin.shared || []) this.before.push(check);
      return this.take(plugin, this.prefix);
    }
    if (isCode(plugin) && !isObject(plugin)) {
      const made = plugin(this);
      if (isObject(made) && made.said && made !== this) this.take(made, this.prefix);
    }
    return this;
  }

  group(prefix, second, third) {
    const inner = new Elysia();
    inner.isPart = true;
    inner.above = this;
    inner.models = this.models;
    inner.prefix = this.prefix + prefix;
    inner.before = this.before.concat([]);
    inner.common = Object.assign({}, this.common);
    const run = isCode(third) ? third : second;
    if (isCode(third)) inner.guarding(second);
    run(inner);
    for (const one of inner.said) this.said.push(one);
    return this;
  }

  guarding(hooks) {
    for (const check of listOf(hooks.beforeHandle)) this.before.push(guarded(check));
    for (const name of ["body", "query", "params", "headers", "response"]) if (hooks[name] !== undefined) this.common[name] = hooks[name];
  }

  guard(hooks, run) {
    if (!isCode(run)) {
      this.guarding(hooks);
      return this;
    }
    const inner = new Elysia();
    inner.isPart = true;
    inner.above = this;
    inner.models = this.models;
    inner.prefix = this.prefix;
    inner.before = this.before.concat([]);
    inner.common = Object.assign({}, this.common);
    inner.guarding(hooks);
    run(inner);
    for (const one of inner.said) this.said.push(one);
    return this;
  }

  mount() {
    return this;
  }

  // ---- what runs before handlers

  scoped(given, second, make) {
    const check = isCode(given) ? given : second;
    if (!isCode(check)) return this;
    this.before.push(make(check));
    if (isObject(given) && given.as && given.as !== "local") this.shared = (this.shared || []).concat([make(check)]);
    return this;
  }

  derive(given, second) {
    return this.scoped(given, second, derived);
  }

  resolve(given, second) {
    return this.scoped(given, second, derived);
  }

  onBeforeHandle(given, second) {
    return this.scoped(given, second, guarded);
  }

  onRequest(given) {
    return this.scoped(given, undefined, guarded);
  }

  onTransform(given, second) {
    return this.scoped(given, second, guarded);
  }

  onError(given, second) {
    this.errorHandlers.push(isCode(given) ? given : second);
    return this;
  }

  model(name, schema) {
    if (typeof name === "string") this.models[name] = schema;
    else if (isObject(name)) Object.assign(this.models, name);
    return this;
  }

  decorate() {
    return this;
  }
  state() {
    return this;
  }
  macro() {
    return this;
  }
  as() {
    return this;
  }
  error() {
    return this;
  }
  onStart() {
    return this;
  }
  onStop() {
    return this;
  }
  onAfterHandle() {
    return this;
  }
  onAfterResponse() {
    return this;
  }
  onParse() {
    return this;
  }
  mapResponse() {
    return this;
  }
  trace() {
    return this;
  }
  compile() {
    return this;
  }
  handle() {
    return native.unknown();
  }

  listen(port, done) {
    this.port = isObject(port) ? port.port : port;
    if (isCode(done)) done(this);
    return this;
  }

  finish() {
    const app = application();
    if (this.port !== undefined) app.listen(this.port);
    for (const one of this.said) {
      const router = library();
      app.mount(router);
      for (let owner = one.owner; owner; owner = owner.above) for (const handler of owner.errorHandlers) router.fail("*", handler);
      const chain = [];
      const parts = partsOf(one.options, this.models);
      if (Object.keys(parts).length) chain.push(validation(parts));
      for (const check of one.before) chain.push(check);
      for (const check of listOf(one.options.beforeHandle)) chain.push(guarded(check));
      const value = one.handler;
      chain.push(isCode(value) && !isObject(value) ? value : () => value);
      router.route(one.path, one.method, chain, one.site, one.options.response === undefined ? undefined : answersOf(one.options.response, this.models));
    }
  }
}

function __start__() {
  for (const one of instances) if (!one.isPart) one.finish();
}

const t = Object.assign({}, Type, {
  Numeric: (options) => Type.Number(options),
  BooleanString: (options) => Type.Boolean(options),
  ObjectString: (properties, options) => Type.Object(properties, options),
  ArrayString: (items, options) => Type.Array(items, options),
  UnionEnum: (values) => ({ enum: values }),
  MaybeEmpty: (schema) => Type.Union([schema, Type.Null()]),
  File: () => ({ type: "string", format: "binary" }),
  Files: () => ({ type: "array", items: { type: "string", format: "binary" } }),
  Cookie: (properties, options) => Type.Object(properties, options),
  Form: (properties, options) => Type.Object(properties, options),
  NoValidate: (schema) => schema,
});

module.exports = { Elysia, t };
module.exports.default = Elysia;
