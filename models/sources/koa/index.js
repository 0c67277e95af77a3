// What a Koa application does while a program starts: middlewares in order, of which some hold routes. Sources: koajs.com, lib/application.js.
const { application, isObject } = require("koa/native");

const applications = [];

function markInner(middlewares) {
  for (const one of middlewares) {
    const inner = isObject(one) && one.mounted__;
    if (isObject(inner) && inner.middleware) inner.isInner = true;
    else if (isObject(one) && one.composed__) markInner(one.composed__);
  }
}

function walk(native, middlewares, before, prefix) {
  for (const one of middlewares) {
    if (isObject(one) && one.routes__) {
      for (const route of one.routes__()) native.route(prefix + route.path, route.methods, before.concat(route.handlers), route.site, route.answers);
    } else if (isObject(one) && one.mounted__) {
      const inner = one.mounted__;
      if (isObject(inner) && inner.middleware) inner.isWalked = true;
      if (isObject(inner) && inner.middleware) walk(native, inner.middleware, before.concat([]), prefix + one.prefix__);
      else walk(native, [inner], before.concat([]), prefix + one.prefix__);
    } else if (isObject(one) && one.composed__) {
      before = walk(native, one.composed__, before, prefix);
    } else {
      before = before.concat([one]);
    }
  }
  return before;
}

class Application {
  constructor() {
    this.middleware = [];
    this.native = application();
    this.context = {};
    this.isMounted = false;
    this.isWalked = false;
    this.isInner = false;
    applications.push(this);
  }

  use(middleware) {
    this.middleware.push(middleware);
    return this;
  }

  on() {
    return this;
  }

  once() {
    return this;
  }

  emit() {
    return this;
  }

  listen(port, host, done) {
    this.native.listen(port);
    const last = typeof host === "function" ? host : done;
    if (typeof last === "function") last();
    return { on: () => undefined, close: () => undefined, setTimeout: () => undefined };
  }

  callback() {
    return {};
  }
}

function start(application) {
  application.isWalked = true;
  walk(application.native, application.middleware, [], "");
}

function __start__() {
  for (const application of applications) if (!application.isMounted && !application.isWalked) start(application);
  // Mounted by a middleware that is made while a request is handled.
  for (const application of applications) markInner(application.middleware);
  for (const application of applications) if (!application.isWalked && !application.isInner) start(application);
}

module.exports = Application;
module.exports.default = Application;
