// What a Hapi server does while a program starts: plugins within prefixes, routes, what runs before their handlers, and who may call them. Sources:
// hapi.dev/api (server.route, Route options, server.register, server.ext, server.auth), hapi.dev/tutorials/auth.
const { application, validation, objectOf, here, isCode, isObject, caller, unauthorized, unknown } = require("hapi/native");

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"];

function nothing() {}

function listOf(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

// "/a/{id?}" is two paths, "/b/{rest*}" takes what is left.
function pathsOf(path) {
  const cut = path.replace(/\*[0-9]*\}/g, "}");
  if (!cut.endsWith("?}")) return [cut];
  const at = cut.lastIndexOf("/{");
  return [at > 0 ? cut.slice(0, at) : "/", cut.slice(0, cut.length - 2) + "}"];
}

function schemaOf(said) {
  return isObject(said) ? objectOf(said) : said;
}

function partsOf(validate) {
  const parts = {};
  for (const part of ["params", "query", "headers", "payload", "state"]) {
    const said = validate[part];
    if (said !== undefined && said !== true && said !== false && said !== null && !isCode(said)) parts[part] = schemaOf(said);
  }
  return parts;
}

function before(method) {
  return async (request, h) => {
    const answer = await method(request, h);
    return answer;
  };
}

function assigned(name, method) {
  return async (request, h) => {
    const value = await method(request, h);
    request.pre[name] = value;
  };
}

function preparing() {
  return (request) => {
    request.pre = {};
  };
}

// By what a client shows who it is, as the usual schemes have it.
function checkOf(strategy, isOptional) {
  if (strategy.authenticate)
    return async (request, h) => {
      const answer = await strategy.authenticate(request, h);
      return answer;
    };
  if (strategy.cookie) {
    const name = strategy.cookie;
    return (request) => {
      if (!isOptional && !request.state[name]) throw unauthorized();
      request.auth = { isAuthenticated: true, credentials: caller(request.state[name]) };
    };
  }
  return (request) => {
    if (!isOptional && !request.headers.authorization) throw unauthorized();
    request.auth = { isAuthenticated: true, credentials: caller(request.headers.authorization) };
  };
}

class Server {
  constructor(options, shared, prefix) {
    this.options = options || {};
    this.shared = shared || { native: application(), schemes: {}, strategies: {}, usual: undefined, hooks: [], routes: [], decorations: {} };
    this.prefix = prefix || "";
    this.settings = { app: {}, plugins: {} };
    this.app = {};
    this.plugins = {};
    this.methods = {};
    this.info = {};
    this.events = { on: nothing, once: nothing, emit: nothing };
    this.listener = {};
    this.realm = { plugin: "", modifiers: { route: { prefix: this.prefix } } };
    this.auth = {
      scheme: (name, scheme) => this.scheme(name, scheme),
      strategy: (name, scheme, mode, more) => this.strategy(name, scheme, mode, more),
      default: (usual) => {
        this.shared.usual = usual;
      },
      test: () => unknown(),
    };
  }

  // ---- routes

  route(given) {
    const site = here();
    for (const one of listOf(given)) this.shared.routes.push({ said: one, prefix: this.prefix, site, server: this });
  }

  ext(event, method) {
    if (typeof event === "string") this.shared.hooks.push({ event, method });
    else for (const one of listOf(event)) this.shared.hooks.push({ event: one.type, method: one.method });
  }

  decorate(kind, name, method) {
    if (kind === "server") this[name] = method;
  }

  method(name, method) {
    if (typeof name === "string") this.methods[name] = method;
  }

  // ---- plugins

  async register(given, options) {
    for (const one of listOf(given)) {
      if (!one) continue;
      const outer = one.plugin ? one : { plugin: one };
      const plugin = outer.plugin.plugin || (outer.plugin.default ? outer.plugin.default.plugin || outer.plugin.default : outer.plugin);
      const register = isCode(plugin) ? plugin : plugin.register;
      if (!isCode(register)) continue;
      const routes = (outer.routes || (options && options.routes)) || {};
      const inner = routes.prefix ? new Server(this.options, this.shared, this.prefix + routes.prefix) : this;
      await register(inner, outer.options || {}, nothing);
    }
  }

  // ---- who may call

  scheme(name, scheme) {
    this.shared.schemes[name] = scheme;
  }

  strategy(name, scheme, mode, more) {
    const options = isObject(mode) ? mode : isObject(more) ? more : {};
    const own = this.shared.schemes[scheme];
    const made = own && isCode(own) ? own(this, options) : {};
    const cookie = scheme === "cookie" || scheme === "session" ? (options.cookie && (options.cookie.name || options.cookie)) || "sid" : undefined;
    this.shared.strategies[name] = { authenticate: made && made.authenticate ? (request, h) => made.authenticate(request, h) : undefined, cookie };
    if (mode === true || mode === "required") this.shared.usual = name;
  }

  check(said) {
    if (said === false) return [];
    const wanted = said === undefined || said === true ? this.shared.usual : said;
    if (wanted === undefined) return [];
    const name = typeof wanted === "string" ? wanted : wanted.strategy || (wanted.strategies ? wanted.strategies[0] : undefined) || this.shared.usual;
    const key = isObject(name) ? name.strategy : name;
    const strategy = (typeof key === "string" && this.shared.strategies[key]) || {};
    const mode = isObject(wanted) ? wanted.mode : undefined;
    return [checkOf(strategy, mode === "try" || mode === "optional")];
  }

  // ---- at last

  add(one) {
    const { said, prefix, site, server } = one;
    const given = said.options || said.config || {};
    const options = isCode(given) && !isObject(given) ? given(server) : given;
    const handler = said.handler || options.handler;
    if (!isCode(handler)) return;
    const chain = [];
    const hooksOf = (event) => this.shared.hooks.filter((hook) => hook.event === event).map((hook) => before(hook.method));
    for (const event of ["onRequest", "onPreAuth"]) for (const hook of hooksOf(event)) chain.push(hook);
    for (const check of this.check(options.auth)) chain.push(check);
    if (options.validate) {
      const parts = partsOf(options.validate);
      if (Object.keys(parts).length && options.validate.failAction !== "ignore" && options.validate.failAction !== "log") chain.push(validation(parts));
    }
    for (const hook of hooksOf("onPreHandler")) chain.push(hook);
    if (options.pre) {
      chain.push(preparing());
      for (const each of options.pre)
        for (const pre of listOf(each)) {
          if (isCode(pre) && !isObject(pre)) chain.push(before(pre));
          else if (pre.assign && isCode(pre.method)) chain.push(assigned(pre.assign, pre.method));
          else if (isCode(pre.method)) chain.push(before(pre.method));
        }
    }
    chain.push(options.bind ? handler.bind(options.bind) : handler);
    const answers = {};
    if (options.response && options.response.schema && options.response.schema !== true) answers["200"] = schemaOf(options.response.schema);
    if (options.response && options.response.status) for (const status of Object.keys(options.response.status)) answers[status] = schemaOf(options.response.status[status]);
    for (const method of listOf(said.method))
      for (const path of pathsOf(said.path)) {
        const whole = prefix ? (path === "/" ? prefix : prefix + path) : path;
        this.shared.native.route(whole, method === "*" ? "*" : method.toUpperCase(), chain, site, Object.keys(answers).length ? answers : undefined);
      }
  }

  finish() {
    if (this.isDone) return;
    this.isDone = true;
    for (const one of this.shared.routes) this.add(one);
  }

  async initialize() {}

  async start() {
    this.shared.native.listen(this.options.port);
  }

  async stop() {}

  log() {}
  bind() {}
  path() {}
  expose() {}
  dependency(names, then) {
    if (isCode(then)) then(this);
  }
  state() {}
  views() {}
  cache() {
    return unknown();
  }
  table() {
    return [];
  }
  inject() {
    return unknown();
  }
  lookup() {
    return unknown();
  }
  control() {}
  encoder() {}
  decoder() {}
  rules() {}
  validator() {}
}

const servers = [];

function server(options) {
  const made = new Server(options);
  servers.push(made);
  return made;
}

function __start__() {
  for (const one of servers) one.finish();
}

class Root extends Server {
  constructor(options) {
    super(options);
    servers.push(this);
  }
}

module.exports = { server, Server: Root };
module.exports.default = module.exports;
