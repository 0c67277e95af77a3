// What a Restify server does while a program starts: routes said by a path or by {path, name, version}, what runs before them. Source: restify.com/docs/server-api.
const { application, library, here, isObject } = require("restify/native");

function pathOf(given) {
  return isObject(given) ? given.path : given;
}

class Routes {
  constructor(native) {
    this.native = native;
    this.routers = [];
  }

  say(method, given, handlers) {
    this.native.route(pathOf(given), method, handlers, here());
    return this;
  }

  get(path, ...handlers) {
    return this.say("GET", path, handlers);
  }

  head(path, ...handlers) {
    return this.say("HEAD", path, handlers);
  }

  post(path, ...handlers) {
    return this.say("POST", path, handlers);
  }

  put(path, ...handlers) {
    return this.say("PUT", path, handlers);
  }

  patch(path, ...handlers) {
    return this.say("PATCH", path, handlers);
  }

  del(path, ...handlers) {
    return this.say("DELETE", path, handlers);
  }

  delete(path, ...handlers) {
    return this.say("DELETE", path, handlers);
  }

  opts(path, ...handlers) {
    return this.say("OPTIONS", path, handlers);
  }

  use(...handlers) {
    this.native.use(...handlers);
    return this;
  }

  pre(...handlers) {
    this.native.use(...handlers);
    return this;
  }

  param(name, handler) {
    this.native.param(name, handler);
    return this;
  }
}

class Server extends Routes {
  constructor() {
    super(application());
  }

  listen(port, host, done) {
    this.native.listen(port);
    const last = typeof host === "function" ? host : done;
    if (typeof last === "function") last();
  }

  on() {
    return this;
  }

  once() {
    return this;
  }

  close() {}
  address() {
    return {};
  }
}

// Routers of restify-router: their routes are those of a server, below a prefix.
class Router extends Routes {
  constructor() {
    super(library());
  }

  add(path, router) {
    this.native.mount(path, router.native);
    return this;
  }

  applyRoutes(server, prefix) {
    server.native.mount(prefix || "", this.native);
  }
}

module.exports = { createServer: () => new Server(), Router };
