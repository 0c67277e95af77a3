// What a Hono application does while a program starts: handlers in the order in which they are said, of which those behind whose path a route
// lies run before it. Sources: hono.dev/docs (Routing, Middleware, App), src/hono-base.ts, src/compose.ts.
const { application, library, here, isObject } = require("hono/native");

const applications = [];

function joined(base, path) {
  if (!base || base === "/") return path.startsWith("/") ? path : "/" + path;
  if (path === "" || path === "/") return base;
  return path.startsWith("/") ? base + path : base + "/" + path;
}

// :id{[0-9]+} as :id([0-9]+)
function plain(path) {
  return path.replace("{", "(").replace("}", ")").replace("{", "(").replace("}", ")");
}

function covers(pattern, path) {
  if (pattern === "*" || pattern === "/*" || pattern === path) return true;
  if (!pattern.endsWith("/*")) return false;
  const base = pattern.slice(0, pattern.length - 2);
  return path === base || path.startsWith(base + "/");
}

class Hono {
  constructor() {
    this.said = [];
    this.base = "";
    this.path = "/";
    this.errorHandler = undefined;
    this.isPart = false;
    applications.push(this);
  }

  say(method, args, site) {
    let list = args;
    if (typeof list[0] === "string") {
      this.path = list[0];
      list = list.slice(1);
    }
    for (const handler of list) this.said.push({ method, path: joined(this.base, this.path), handler, site, owner: this, answers: undefined });
    return this;
  }

  get(...args) {
    return this.say("GET", args, here());
  }

  post(...args) {
    return this.say("POST", args, here());
  }

  put(...args) {
    return this.say("PUT", args, here());
  }

  patch(...args) {
    return this.say("PATCH", args, here());
  }

  delete(...args) {
    return this.say("DELETE", args, here());
  }

  options(...args) {
    return this.say("OPTIONS", args, here());
  }

  all(...args) {
    return this.say("*", args, here());
  }

  on(methods, paths, ...handlers) {
    const site = here();
    for (const path of Array.isArray(paths) ? paths : [paths])
      for (const method of Array.isArray(methods) ? methods : [methods]) this.say(method.toUpperCase(), [path].concat(handlers), site);
    return this;
  }

  use(...args) {
    const path = typeof args[0] === "string" ? args[0] : "*";
    const list = typeof args[0] === "string" ? args.slice(1) : args;
    for (const handler of list) this.said.push({ method: undefined, path: path === "*" && !this.base ? "*" : joined(this.base, path), handler, site: undefined, owner: this, answers: undefined });
    return this;
  }

  // An application within; it has what it has said so far.
  route(path, inner) {
    if (!isObject(inner) || !inner.said) return this;
    inner.isPart = true;
    const base = joined(this.base, path);
    for (const one of inner.said)
      this.said.push({ method: one.method, path: one.path === "*" ? joined(base, "*") : joined(base, one.path), handler: one.handler, site: one.site, owner: one.owner, answers: one.answers });
    if (!inner.errorHandler) inner.above = this;
    return this;
  }

  mount() {
    return this;
  }

  basePath(path) {
    const other = new Hono();
    other.said = this.said;
    other.base = joined(this.base, path);
    other.isPart = true;
    other.above = this;
    return other;
  }

  onError(handler) {
    this.errorHandler = handler;
    return this;
  }

  notFound() {
    return this;
  }

  fire() {
    return this;
  }

  showRoutes() {}

  finish() {
    const native = application();
    const groups = [];
    let last;
    const before = [];
    for (const one of this.said) {
      if (!one.method) {
        before.push(one);
        last = undefined;
        continue;
      }
      if (last && last.method === one.method && last.path === one.path && last.site === one.site) {
        last.handlers.push(one.handler);
        continue;
      }
      const handlers = before.filter((middleware) => covers(middleware.path, one.path)).map((middleware) => middleware.handler);
      last = { method: one.method, path: one.path, handlers: handlers.concat([one.handler]), site: one.site, owner: one.owner, answers: one.answers };
      groups.push(last);
    }
    for (const group of groups) {
      const router = library();
      native.mount(router);
      for (let owner = group.owner; owner; owner = owner.above) if (owner.errorHandler) router.fail("*", owner.errorHandler);
      router.route(plain(group.path), group.method, group.handlers, group.site, group.answers);
    }
  }
}

function __start__() {
  for (const one of applications) if (!one.isPart) one.finish();
}

module.exports = { Hono };
