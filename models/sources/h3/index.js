// What h3 does that its model cannot say: handlers in objects, validators of parts of the request, errors by an object, and its router. Sources: h3.dev/guide
// (Event handler, Router), h3.dev/utils/request, src/router.ts.
const native = require("nitro-routes/native");
const { library, application, failure, isCode, isObject, here } = native;

function defineEventHandler(given) {
  return isCode(given) ? given : given && given.handler ? given.handler : given;
}

function createError(given) {
  if (typeof given === "string") return failure(500);
  return failure(given.statusCode || given.status || 500);
}

// A function that gives what it makes of the value or throws, or false; a schema of whatever library has a method for that.
async function checked(value, validate) {
  try {
    const made = typeof validate === "function" ? await validate(value) : validate.parse ? validate.parse(value) : validate.validateSync ? validate.validateSync(value) : value;
    if (made === false) throw failure(400);
    return made === true ? value : made;
  } catch (error) {
    throw failure(400);
  }
}

async function readValidatedBody(event, validate) {
  return checked(await native.dataOf(event), validate);
}

async function getValidatedQuery(event, validate) {
  return checked(native.getQuery(event), validate);
}

async function getValidatedRouterParams(event, validate) {
  return checked(native.getRouterParams(event), validate);
}

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];

class Router {
  constructor(root) {
    this.native = root ? application() : library();
    this.said = [];
  }

  on(method, path, handler, site) {
    this.native.route(path, method, defineEventHandler(handler), site);
    return this;
  }

  get(path, handler) {
    return this.on("GET", path, handler, here());
  }

  post(path, handler) {
    return this.on("POST", path, handler, here());
  }

  put(path, handler) {
    return this.on("PUT", path, handler, here());
  }

  patch(path, handler) {
    return this.on("PATCH", path, handler, here());
  }

  delete(path, handler) {
    return this.on("DELETE", path, handler, here());
  }

  all(path, handler) {
    return this.on("*", path, handler, here());
  }

  // Of a router: any method; of an application: what is below a path, or a router.
  use(path, given) {
    const handler = given === undefined ? path : given;
    if (isObject(handler) && handler.router__) this.native.mount(handler.router__.native);
    else if (typeof path === "string") this.on("*", path, handler, here());
    return this;
  }

  get handler() {
    return { router__: this };
  }

  get router__() {
    return this;
  }
}

module.exports = {
  defineEventHandler,
  eventHandler: defineEventHandler,
  defineHandler: defineEventHandler,
  defineCachedEventHandler: defineEventHandler,
  cachedEventHandler: defineEventHandler,
  defineCachedFunction: (given) => given,
  cachedFunction: (given) => given,
  defineLazyEventHandler: (given) => given,
  defineNitroPlugin: (given) => given,
  createError,
  readValidatedBody,
  getValidatedQuery,
  getValidatedRouterParams,
  createRouter: () => new Router(false),
  createApp: () => new Router(true),
  toNodeListener: () => () => undefined,
};
