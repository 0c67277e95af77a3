// How modules become routes. Sources: docs.nestjs.com (Modules, Controllers, Middleware, Guards, Pipes, Exception filters, Versioning, Request
// lifecycle). An application is put together when the program's own start-up code has run.
const { schemaOf } = require("class-validator");
const { application, library, isCode, isObject, isDerived, outline, member, unknown, data, check, ForbiddenException, BadRequestException } = require("@nestjs/native");

const applications = [];

// ---- what decorators say

function flat(decorators) {
  return decorators.flatMap((one) => (isObject(one) && one.nest__ === "all" ? flat(one.value) : [one]));
}

function find(decorators, kind) {
  for (const one of flat(decorators)) if (isObject(one) && one.nest__ === kind) return one.value;
  return undefined;
}

function findAll(decorators, kind) {
  return flat(decorators).filter((one) => isObject(one) && one.nest__ === kind).flatMap((one) => one.value);
}

function metadata(decorators) {
  const found = {};
  for (const one of flat(decorators)) if (isObject(one) && one.nest__ === "metadata" && typeof one.value.key === "string") found[one.value.key] = one.value.value;
  return found;
}

function joined(...parts) {
  let path = "";
  for (const part of parts) {
    if (!part || part === "/") continue;
    const front = part.startsWith("/") ? part : "/" + part;
    path = path + (front.endsWith("/") ? front.slice(0, front.length - 1) : front);
  }
  return path === "" ? "/" : path;
}

// ---- what handlers, guards and filters are given

class Context {
  constructor(request, response, handler, cls) {
    this.request = request;
    this.response = response;
    this.handler = handler;
    this.cls = cls;
  }

  switchToHttp() {
    return this;
  }

  getRequest() {
    return this.request;
  }

  getResponse() {
    return this.response;
  }

  getHandler() {
    return this.handler;
  }

  getClass() {
    return this.cls;
  }

  getType() {
    return "http";
  }
}

class Reflector {
  get(key, from) {
    return from ? from[key] : undefined;
  }

  getAllAndOverride() {
    return unknown();
  }

  getAllAndMerge() {
    return unknown();
  }
}

// ---- instances

class Container {
  constructor() {
    this.made = [];
    this.provided = [];
    this.making = [];
  }

  provide(list) {
    for (const one of list || []) if (isObject(one) && one.provide !== undefined) this.provided.push(one);
  }

  given(token) {
    for (const one of this.provided) {
      if (one.provide !== token) continue;
      if (one.useClass) return this.make(one.useClass);
      if (one.useExisting) return this.make(one.useExisting);
      if (one.useValue !== undefined) return one.useValue;
      return unknown();
    }
    return undefined;
  }

  make(cls) {
    if (!isCode(cls)) return unknown();
    for (const one of this.made) if (one.cls === cls) return one.instance;
    for (const one of this.making) if (one === cls) return unknown();
    const other = this.given(cls);
    if (other !== undefined) return other;
    const said = outline(cls);
    if (!said.name) return cls;
    this.making.push(cls);
    const args = cls.isMadeOfNothing__ ? [] : this.params(said).map((param) => this.inject(param));
    const instance = new cls(...args);
    this.made.push({ cls, instance });
    return instance;
  }

  // Of its own constructor, or of that of a base.
  params(said) {
    if (said.params.length || !isCode(said.base)) return said.params;
    if (said.base.isMadeOfNothing__) return [];
    const base = outline(said.base);
    return base.params ? base.params : [];
  }

  inject(param) {
    const token = find(param.decorators, "inject");
    if (token !== undefined) {
      const found = this.given(token);
      return found === undefined ? (isCode(token) ? this.make(token) : unknown()) : found;
    }
    if (param.type === undefined || typeof param.type === "string") return unknown();
    return isCode(param.type) ? this.make(param.type) : isObject(param.type) ? unknown() : param.type;
  }
}

// ---- parts of the request

function partOf(said) {
  const name = said.name;
  switch (said.part) {
    case "params":
      return name ? (request) => request.params[name] : (request) => request.params;
    case "query":
      return name ? (request) => request.query[name] : (request) => request.query;
    case "body":
      return name ? (request) => request.body?.[name] : (request) => request.body;
    case "headers": {
      const lower = name ? name.toLowerCase() : undefined;
      return name ? (request) => request.headers[lower] : (request) => request.headers;
    }
    case "request":
      return (request) => request;
    case "response":
      return (request, response) => response;
    case "file":
      return (request) => request.file;
    case "files":
      return (request) => request.files;
    default:
      return () => unknown();
  }
}

function customOf(said, handler, cls) {
  const factory = said.factory;
  const given = said.data;
  return (request, response) => factory(given, new Context(request, response, handler, cls));
}

function validated(value, schema) {
  try {
    check(value, schema);
  } catch (error) {
    throw new BadRequestException("Bad Request");
  }
  return value;
}

function piped(get, pipe, type, name) {
  if (pipe.isValidation__) {
    if (!isCode(type) && !(isObject(type) && type.class__)) return get;
    const schema = data(schemaOf(type));
    // What is not there is checked as an empty object; handed on as such where values are transformed.
    if (pipe.options.transform) return async (request, response) => validated((await get(request, response)) ?? {}, schema);
    return async (request, response) => {
      const value = await get(request, response);
      validated(value ?? {}, schema);
      return value;
    };
  }
  const about = { type: "custom", metatype: type, data: name, schema__: pipe.schemaFor__ ? pipe.schemaFor__(type) : undefined };
  return async (request, response) => pipe.transform(await get(request, response), about);
}

function argumentOf(param, pipes, container, handler, cls) {
  const said = find(param.decorators, "param");
  if (!said) return () => undefined;
  let get = said.factory ? customOf(said, handler, cls) : partOf(said);
  if (said.part === "request" || said.part === "response" || said.part === "next") return get;
  for (const one of pipes.concat(said.pipes || [])) {
    const pipe = outlineName(one) ? container.make(one) : one;
    if (isObject(pipe)) get = piped(get, pipe, param.type, said.name);
  }
  return get;
}

function outlineName(value) {
  return isCode(value) && !isObject(value);
}

function handlerOf(call, args) {
  const [a, b, c, d, e, f, g] = args;
  switch (args.length) {
    case 0:
      return async () => {
        return call();
      };
    case 1:
      return async (request, response) => {
        return call(await a(request, response));
      };
    case 2:
      return async (request, response) => {
        return call(await a(request, response), await b(request, response));
      };
    case 3:
      return async (request, response) => {
        return call(await a(request, response), await b(request, response), await c(request, response));
      };
    case 4:
      return async (request, response) => {
        return call(await a(request, response), await b(request, response), await c(request, response), await d(request, response));
      };
    case 5:
      return async (request, response) => {
        return call(await a(request, response), await b(request, response), await c(request, response), await d(request, response), await e(request, response));
      };
    default:
      return async (request, response) => {
        return call(await a(request, response), await b(request, response), await c(request, response), await d(request, response), await e(request, response), await f(request, response), g ? await g(request, response) : undefined);
      };
  }
}

function guardOf(guard, handler, cls) {
  return async (request, response) => {
    if (!(await guard.canActivate(new Context(request, response, handler, cls)))) throw new ForbiddenException("Forbidden resource");
  };
}

function filterOf(filter) {
  return (error, request, response) => filter.catch(error, new Context(request, response, {}, {}));
}

// ---- answers that decorators of the document speak of

function formOf(type) {
  if (Array.isArray(type)) return { type: "array", items: formOf(type[0]) };
  if (isCode(type) || (isObject(type) && type.class__)) return schemaOf(type);
  return {};
}

function answersOf(decorators) {
  const answers = {};
  for (const one of decorators) {
    if (typeof one.status !== "number") continue;
    const isForm = one.schema !== undefined || one.type !== undefined;
    answers[String(one.status)] = one.schema !== undefined ? one.schema : isForm ? formOf(one.type) : one.status >= 400 ? httpError : {};
  }
  return answers;
}

const httpError = { title: "HttpError", type: "object", properties: { statusCode: { type: "integer" }, message: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] }, error: { type: "string" } }, required: ["statusCode", "message"] };

// ---- middlewares of modules

class Consumer {
  constructor(list) {
    this.list = list;
  }

  apply(...middlewares) {
    const list = this.list;
    const consumer = this;
    const proxy = {
      exclude: () => proxy,
      forRoutes: (...routes) => {
        list.push({ middlewares, routes });
        return consumer;
      },
    };
    return proxy;
  }
}

function plainPath(path) {
  return path === "*" || path === "(.*)" || path === "/*" || path === "{*splat}" || path === "*splat" ? "/*" : path.startsWith("/") ? path : "/" + path;
}

function fits(wanted, path) {
  const pattern = plainPath(wanted);
  if (pattern === "/*" || pattern === path) return true;
  if (pattern.endsWith("/*")) return path.startsWith(pattern.slice(0, pattern.length - 2));
  return false;
}

function runsFor(route, path, method, cls) {
  if (typeof route === "string") return fits(route, path) || path.startsWith(plainPath(route) + "/");
  if (isObject(route) && route.path !== undefined) return fits(route.path, path) && (route.method === undefined || route.method === "*" || route.method === method);
  return route === cls;
}

// ---- applications

class Application {
  constructor(module) {
    this.module = module;
    this.native = application();
    this.container = new Container();
    this.prefix = "";
    this.excluded = [];
    this.pipes = [];
    this.guards = [];
    this.filters = [];
    this.before = [];
    this.middlewares = [];
    this.visited = [];
    this.versioning = undefined;
    this.listens = false;
    applications.push(this);
  }

  setGlobalPrefix(prefix, options) {
    this.prefix = prefix;
    if (options && options.exclude) this.excluded = options.exclude;
    return this;
  }

  useGlobalPipes(...pipes) {
    this.pipes = this.pipes.concat(pipes);
    return this;
  }

  useGlobalGuards(...guards) {
    this.guards = this.guards.concat(guards);
    return this;
  }

  useGlobalFilters(...filters) {
    this.filters = this.filters.concat(filters);
    return this;
  }

  useGlobalInterceptors() {
    return this;
  }

  enableVersioning(options) {
    this.versioning = options || { type: "uri" };
    return this;
  }

  use(...middlewares) {
    for (const one of middlewares) if (typeof one !== "string") this.before.push(one);
    return this;
  }

  get(cls) {
    return this.container.make(cls);
  }

  listen(port, host, done) {
    this.listens = true;
    this.native.listen(port);
    const last = typeof host === "function" ? host : done;
    if (typeof last === "function") last();
    return this;
  }

  finish() {
    this.visit(this.module, "");
  }

  visit(module, path) {
    if (!module) return;
    const cls = isObject(module) && module.module ? module.module : module;
    const said = isCode(cls) ? outline(cls) : {};
    const own = said.decorators ? find(said.decorators, "module") || {} : {};
    const more = isObject(module) && module.module ? module : {};
    for (const one of this.visited) if (one === cls && !more.controllers) return;
    this.visited.push(cls);
    const providers = (own.providers || []).concat(more.providers || []);
    this.container.provide(providers);
    for (const one of providers) this.everywhere(one);
    for (const one of (own.imports || []).concat(more.imports || [])) {
      if (isObject(one) && one.routes__) for (const route of one.routes__) this.place(route, "");
      else this.visit(one, path);
    }
    if (said.methods && said.methods.filter((one) => one.name === "configure").length) this.container.make(cls).configure(new Consumer(this.middlewares));
    for (const one of (own.controllers || []).concat(more.controllers || [])) this.control(one, this.placeOf(cls, path));
  }

  // RouterModule.register([{ path, module, children }])
  place(route, above) {
    const path = joined(above, route.path);
    if (route.module) this.placed = (this.placed || []).concat([{ cls: route.module, path }]);
    for (const child of route.children || []) this.place(isCode(child) ? { path: "", module: child } : child, path);
  }

  placeOf(cls, path) {
    for (const one of this.placed || []) if (one.cls === cls) return one.path;
    return path;
  }

  // Providers by the tokens of @nestjs/core hold for all routes.
  everywhere(one) {
    if (!isObject(one)) return;
    const what = one.useClass || one.useValue || one.useExisting;
    if (!what) return;
    if (one.provide === "APP_GUARD") this.guards.push(what);
    if (one.provide === "APP_PIPE") this.pipes.push(what);
    if (one.provide === "APP_FILTER") this.filters.push(what);
  }

  instance(what) {
    return isObject(what) ? what : this.container.make(what);
  }

  control(cls, above) {
    const said = outline(cls);
    if (!said.name) return;
    const given = find(said.decorators, "controller");
    if (!given) return;
    const options = isObject(given.value) ? given.value : { path: given.value };
    const instance = this.container.make(cls);
    const paths = Array.isArray(options.path) ? options.path : [options.path];
    const seen = [];
    for (let from = said; from && from.methods; from = isCode(from.base) ? outline(from.base) : undefined) {
      for (const method of from.methods) {
        const route = find(method.decorators, "route");
        if (!route || seen.includes(method.name)) continue;
        seen.push(method.name);
        for (const path of paths) for (const own of Array.isArray(route.path) ? route.path : [route.path]) this.add(cls, said, instance, method, route, options, joined(above, path), own);
      }
    }
  }

  versionOf(said, method, options) {
    if (!this.versioning || (this.versioning.type !== undefined && this.versioning.type !== "uri")) return "";
    const version = find(method.decorators, "version") || find(said.decorators, "version") || options.version || this.versioning.defaultVersion;
    const one = Array.isArray(version) ? version[0] : version;
    if (one === undefined || one === "neutral") return "";
    return (this.versioning.prefix === undefined ? "v" : this.versioning.prefix || "") + one;
  }

  add(cls, said, instance, method, route, options, above, own) {
    const path = joined(above, own);
    const verb = route.method;
    const both = metadata(method.decorators);
    const whole = metadata(said.decorators);
    const chain = this.before.concat([]);
    for (const one of this.middlewares)
      if (one.routes.filter((wanted) => runsFor(wanted, path, verb, cls)).length)
        for (const middleware of one.middlewares) chain.push(outlineName(middleware) && outline(middleware).name ? member(this.container.make(middleware), "use") : middleware);
    for (const guard of this.guards.concat(findAll(said.decorators, "guards")).concat(findAll(method.decorators, "guards"))) {
      const one = this.instance(guard);
      if (isObject(one)) chain.push(guardOf(one, both, whole));
    }
    const pipes = this.pipes.concat(findAll(said.decorators, "pipes")).concat(findAll(method.decorators, "pipes"));
    chain.push(handlerOf(member(instance, method.name), method.params.map((param) => argumentOf(param, pipes, this.container, both, whole))));
    const status = find(method.decorators, "redirect") || find(method.decorators, "status") || (verb === "POST" ? 201 : 200);
    const prefix = this.excluded.filter((one) => fits(typeof one === "string" ? one : one.path, path)).length ? "" : this.prefix;
    const router = library();
    this.native.mount(router);
    for (const filter of findAll(method.decorators, "filters").concat(findAll(said.decorators, "filters")).concat(this.filters)) {
      const one = this.instance(filter);
      if (isObject(one)) router.fail("*", filterOf(one));
    }
    const answers = answersOf(findAll(said.decorators, "answer").concat(findAll(method.decorators, "answer")));
    router.route(joined(prefix, this.versionOf(said, method, options), path), verb, chain, method, answers, status);
  }
}

for (const name of ["enableCors", "enableShutdownHooks", "useWebSocketAdapter", "connectMicroservice", "startAllMicroservices", "init", "useLogger", "useStaticAssets", "setViewEngine", "setBaseViewsDir", "close", "register", "useBodyParser"])
  Application.prototype[name] = function () {
    return this;
  };

const NestFactory = {
  create: (module) => new Application(module),
  createMicroservice: () => unknown(),
  createApplicationContext: () => unknown(),
};

const RouterModule = { register: (routes) => ({ routes__: routes }) };

function isAside(application) {
  for (const other of applications) if (other.listens && !application.listens && other.module === application.module) return true;
  return false;
}

// A script that makes the application for something else (a document, a migration) beside the one that serves it adds no routes of its own.
function __start__() {
  for (const one of applications) if (!isAside(one)) one.finish();
}

module.exports = { NestFactory, RouterModule, Reflector, APP_GUARD: "APP_GUARD", APP_PIPE: "APP_PIPE", APP_FILTER: "APP_FILTER", APP_INTERCEPTOR: "APP_INTERCEPTOR" };
