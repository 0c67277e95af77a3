// Routers of Koa. Sources: README and API.md of the package (versions 5 to 13), lib/router.js, lib/layer.js.
const { here, isObject, isPattern } = require("koa/native");

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "link", "unlink", "trace"];

function joined(prefix, path) {
  if (isPattern(path)) return path;
  if (!prefix || prefix === "/") return path;
  if (path === "/" || path === "") return prefix;
  return prefix + path;
}

function covers(above, path) {
  return above === "" || above === "/" || path === above || (typeof path === "string" && path.startsWith(above + "/"));
}

function hook(name, handler) {
  return function (context, next) {
    return handler(context.params[name], context, next);
  };
}

class Router {
  constructor(options) {
    this.opts = options || {};
    this.layers = [];
    this.hooks = [];
  }

  // ---- routes

  add(methods, args, site) {
    let list = args;
    if (typeof list[0] === "string" && (typeof list[1] === "string" || isPattern(list[1]) || Array.isArray(list[1]))) list = list.slice(1);
    const paths = Array.isArray(list[0]) ? list[0] : [list[0]];
    for (const path of paths) this.layers.push({ path: joined(this.opts.prefix, path), methods, handlers: list.slice(1), site, answers: undefined });
    return this;
  }

  register(path, methods, handlers) {
    return this.add(methods.map((method) => method.toUpperCase()).join(","), [path].concat(handlers), here());
  }

  all(...args) {
    return this.add("*", args, here());
  }

  get(...args) {
    return this.add("GET", args, here());
  }

  post(...args) {
    return this.add("POST", args, here());
  }

  put(...args) {
    return this.add("PUT", args, here());
  }

  patch(...args) {
    return this.add("PATCH", args, here());
  }

  delete(...args) {
    return this.add("DELETE", args, here());
  }

  del(...args) {
    return this.add("DELETE", args, here());
  }

  head(...args) {
    return this.add("HEAD", args, here());
  }

  options(...args) {
    return this.add("OPTIONS", args, here());
  }

  // ---- what runs before them, and routers within

  use(...args) {
    let list = args;
    let paths = [""];
    if (typeof list[0] === "string") {
      paths = [list[0]];
      list = list.slice(1);
    } else if (Array.isArray(list[0]) && typeof list[0][0] === "string") {
      paths = list[0];
      list = list.slice(1);
    }
    for (const path of paths) {
      const at = path ? joined(this.opts.prefix, path) : this.opts.prefix || "";
      for (const one of list) this.below(at, one);
    }
    return this;
  }

  below(at, one) {
    if (isObject(one) && one.composed__) for (const part of one.composed__) this.below(at, part);
    else if (isObject(one) && one.routes__) {
      for (const route of one.routes__()) this.layers.push({ path: joined(at, route.path), methods: route.methods, handlers: route.handlers, site: route.site, answers: route.answers });
    } else this.layers.push({ path: at, methods: undefined, handlers: [one], site: undefined, answers: undefined });
  }

  prefix(prefix) {
    for (const layer of this.layers) layer.path = joined(prefix, layer.path);
    this.opts = Object.assign({}, this.opts, { prefix: joined(prefix, this.opts.prefix || "") });
    return this;
  }

  param(name, handler) {
    this.hooks.push({ name, handler: hook(name, handler) });
    return this;
  }

  routes() {
    return { routes__: () => this.found(), router: this };
  }

  middleware() {
    return this.routes();
  }

  // What is left to a program that hands the router itself over.
  routes__() {
    return this.found();
  }

  allowedMethods() {
    return function (context, next) {
      return next();
    };
  }

  redirect() {
    return this;
  }

  url() {
    return "";
  }

  found() {
    const routes = [];
    let before = [];
    for (const layer of this.layers) {
      if (!layer.methods) {
        before.push(layer);
        continue;
      }
      const own = before.filter((one) => covers(one.path, layer.path)).flatMap((one) => one.handlers);
      const hooks = this.hooks.filter((one) => typeof layer.path === "string" && layer.path.split("/").includes(":" + one.name)).map((one) => one.handler);
      routes.push({ path: layer.path, methods: layer.methods, handlers: own.concat(hooks).concat(layer.handlers), site: layer.site, answers: layer.answers });
    }
    return routes;
  }
}

module.exports = Router;
module.exports.default = Router;
module.exports.Router = Router;
