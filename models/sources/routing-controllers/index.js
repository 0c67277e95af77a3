// How classes of routing-controllers become routes. Sources: README of typestack/routing-controllers, its ExpressDriver.ts and
// ActionParameterHandler.ts. Every class that says it is a controller is one, unless the program lists them.
const express = require("express");
const { schemaOf } = require("class-validator");
const native = require("routing-controllers/native");

const { router, isCode, isObject, isPattern, outline, member, unknown, data, check, isNumeric, BadRequestError, ForbiddenError, NotFoundError, UnauthorizedError } = native;

const declared = [];
const servers = [];
const made = [];
const making = [];

function said(kind, value) {
  return { rc__: kind, value };
}

function declares(kind, value) {
  const decorate = (cls) => {
    declared.push({ kind, cls, value });
  };
  return decorate;
}

function action(method) {
  return (path, options) => said("route", { method, path, options });
}

function part(from) {
  return (name, options) => (typeof name === "string" ? said("param", { from, name, options: options || {} }) : said("param", { from, options: name || {} }));
}

function find(decorators, kind) {
  for (const one of decorators) if (isObject(one) && one.rc__ === kind) return one;
  return undefined;
}

function findAll(decorators, kind) {
  return decorators.filter((one) => isObject(one) && one.rc__ === kind).flatMap((one) => one.value);
}

// Made with what their constructors ask for by type, as containers do.
function inject(type) {
  return isCode(type) ? instanceOf(type) : type === undefined || typeof type === "string" || isObject(type) ? unknown() : type;
}

function instanceOf(cls) {
  for (const one of made) if (one.cls === cls) return one.instance;
  for (const one of making) if (one === cls) return unknown();
  const about = outline(cls);
  if (!about.name) return unknown();
  making.push(cls);
  const from = about.params.length || !isCode(about.base) ? about : outline(about.base);
  const instance = new cls(...(from.params || []).map((param) => inject(param.type)));
  for (const field of about.fields) if (field.decorators.length && isCode(field.type)) instance[field.name] = inject(field.type);
  made.push({ cls, instance });
  return instance;
}

function pattern(path) {
  return isPattern(path) ? "*" : path || "";
}

// ---- parts of the request

function converted(get, type, name) {
  if (type === "number" || type === "Number")
    return (request, response) => {
      const value = get(request, response);
      if (value === undefined) return value;
      if (!isNumeric(value)) throw new BadRequestError(`Given parameter ${name} is invalid.`);
      return Number(value);
    };
  if (type === "boolean" || type === "Boolean")
    return (request, response) => {
      const value = get(request, response);
      if (value === undefined) return value;
      if (value !== "true" && value !== "false" && value !== "1" && value !== "0") throw new BadRequestError(`Given parameter ${name} is invalid.`);
      return value === "true" || value === "1";
    };
  return get;
}

function required(get, name) {
  return (request, response) => {
    const value = get(request, response);
    if (value === undefined || value === null || value === "") throw new BadRequestError(`Parameter ${name} is required`);
    return value;
  };
}

function hasRules(cls) {
  for (let at = outline(cls); at && at.fields; at = isCode(at.base) ? outline(at.base) : undefined)
    for (const field of at.fields) if (field.decorators.length) return true;
  return false;
}

function validated(get, type) {
  if (!isCode(type) || !hasRules(type)) return get;
  const schema = data(schemaOf(type));
  return (request, response) => {
    const value = get(request, response);
    try {
      check(value, schema);
    } catch (error) {
      throw new BadRequestError("Invalid body, check 'errors' property for more info.");
    }
    return value;
  };
}

function rawPart(param) {
  const name = param.name;
  switch (param.from) {
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
    case "cookies":
      return name ? (request) => request.cookies[name] : (request) => request.cookies;
    case "request":
      return (request) => request;
    case "response":
      return (request, response) => response;
    case "next":
      return (request, response, next) => next;
    case "file":
      return (request) => request.file;
    case "files":
      return (request) => request.files;
    default:
      return () => unknown();
  }
}

function userOf(options, param) {
  const checker = options.currentUserChecker;
  return async (request, response) => {
    const user = checker ? await checker({ request, response }) : undefined;
    if (param.options.required && !user) throw new UnauthorizedError("Authorization is required");
    return user;
  };
}

function argumentOf(param, options) {
  const one = find(param.decorators, "param");
  if (!one) {
    const own = find(param.decorators, "custom");
    if (!own) return () => undefined;
    return (request, response) => own.value({ request, response }, undefined);
  }
  const asked = one.value;
  if (asked.from === "user") return userOf(options, asked);
  let get = rawPart(asked);
  if (asked.from === "request" || asked.from === "response" || asked.from === "next") return get;
  const defaults = (options.defaults && options.defaults.paramOptions) || {};
  const isRequired = asked.options.required === undefined ? defaults.required : asked.options.required;
  if (isRequired && asked.from !== "params") get = required(get, asked.name || asked.from);
  if (asked.name && asked.from !== "body") get = converted(get, param.type, asked.name);
  if (!asked.name && options.validation !== false && asked.options.validate !== false && (asked.from === "body" || asked.from === "query" || asked.from === "params")) get = validated(get, param.type);
  return get;
}

function called(call, args) {
  const [a, b, c, d, e, f] = args;
  switch (args.length) {
    case 0:
      return async () => call();
    case 1:
      return async (request, response, next) => call(await a(request, response, next));
    case 2:
      return async (request, response, next) => call(await a(request, response, next), await b(request, response, next));
    case 3:
      return async (request, response, next) => call(await a(request, response, next), await b(request, response, next), await c(request, response, next));
    case 4:
      return async (request, response, next) => call(await a(request, response, next), await b(request, response, next), await c(request, response, next), await d(request, response, next));
    default:
      return async (request, response, next) => call(await a(request, response, next), await b(request, response, next), await c(request, response, next), await d(request, response, next), await e(request, response, next), f ? await f(request, response, next) : undefined);
  }
}

// What is returned is the answer; nothing found is 404, null 204, unless the route or the program says otherwise.
function whenUndefined(said) {
  if (said === undefined)
    return () => {
      throw new NotFoundError();
    };
  if (typeof said === "number") return (response) => response.status(said).end();
  return () => {
    throw new said();
  };
}

function whenNull(said) {
  if (said === undefined || typeof said === "number") return (response) => response.status(said || 204).end();
  return () => {
    throw new said();
  };
}

function answered(run, isUndefined, isNull, isJson, status) {
  return async (request, response, next) => {
    const result = await run(request, response, next);
    if (result === undefined) return isUndefined(response);
    if (result === null) return isNull(response);
    return isJson ? response.status(status).json(result) : response.status(status).send(result);
  };
}

function authorized(options, roles) {
  const checker = options.authorizationChecker;
  if (roles.length)
    return async (request, response) => {
      if (!(await checker({ request, response }, roles))) throw new ForbiddenError("Access is denied");
    };
  return async (request, response) => {
    if (!(await checker({ request, response }, roles))) throw new UnauthorizedError("Authorization is required");
  };
}

function middlewareOf(one, name) {
  if (!isCode(one)) return one;
  const about = outline(one);
  if (!about.name) return one;
  return about.methods.filter((method) => method.name === name).length ? member(instanceOf(one), name) : undefined;
}

// ---- servers

// Classes that the program lists; patterns of files stand for all.
function chosen(given, kind) {
  const all = declared.filter((one) => one.kind === kind);
  if (!Array.isArray(given)) return given === undefined && kind === "middleware" ? [] : all;
  const found = [];
  for (const cls of given) {
    if (!isCode(cls)) return all;
    for (const one of all) if (one.cls === cls) found.push(one);
  }
  return found;
}

class Server {
  constructor(options) {
    this.options = options || {};
    this.router = router();
    servers.push(this);
  }

  finish() {
    const options = this.options;
    const before = [];
    for (const { cls } of chosen(options.middlewares, "middleware")) {
      const fail = middlewareOf(cls, "error");
      if (fail) this.router.fail("*", fail);
      const use = middlewareOf(cls, "use");
      if (use) before.push(use);
    }
    for (const one of chosen(options.controllers, "controller")) this.control(one.cls, one.value, before);
  }

  control(cls, value, before) {
    const about = outline(cls);
    if (!about.name) return;
    const instance = instanceOf(cls);
    const seen = [];
    for (let from = about; from && from.methods; from = isCode(from.base) ? outline(from.base) : undefined)
      for (const method of from.methods) {
        if (seen.includes(method.name)) continue;
        seen.push(method.name);
        for (const one of method.decorators) if (isObject(one) && one.rc__ === "route") this.add(about, value, instance, method, one.value, before);
      }
  }

  add(about, value, instance, method, route, before) {
    const options = this.options;
    const chain = before.concat([]);
    const auth = find(method.decorators, "authorized") || find(about.decorators, "authorized");
    for (const one of findAll(about.decorators, "before").concat(findAll(method.decorators, "before"))) {
      const middleware = middlewareOf(one, "use");
      if (middleware) chain.push(middleware);
    }
    if (auth && options.authorizationChecker) chain.push(authorized(options, auth.value));
    const run = called(member(instance, method.name), method.params.map((param) => argumentOf(param, options)));
    const hasResponse = method.params.filter((param) => (find(param.decorators, "param") || { value: {} }).value.from === "response").length !== 0;
    const defaults = options.defaults || {};
    const isUndefined = whenUndefined((find(method.decorators, "undefined") || { value: defaults.undefinedResultCode }).value);
    const isNull = whenNull((find(method.decorators, "null") || { value: defaults.nullResultCode }).value);
    const status = (find(method.decorators, "redirect") || find(method.decorators, "status") || { value: 200 }).value;
    chain.push(hasResponse ? run : answered(run, isUndefined, isNull, value.isJson, status));
    const answers = {};
    for (const one of method.decorators)
      if (isObject(one) && one.rc__ === "answer" && isCode(one.value.cls)) {
        const schema = schemaOf(one.value.cls);
        answers[one.value.status === 200 ? status : one.value.status] = data(one.value.isList ? { type: "array", items: schema } : schema);
      }
    this.router.route((options.routePrefix || "") + pattern(value.path) + pattern(route.path) || "/", route.method, chain, method, Object.keys(answers).length ? answers : undefined, status);
  }
}

function useExpressServer(app, options) {
  const server = new Server(options);
  app.use(server.router);
  return app;
}

function createExpressServer(options) {
  return useExpressServer(express(), options);
}

function __start__() {
  for (const one of servers) one.finish();
}

module.exports = {
  __start__,
  useExpressServer,
  createExpressServer,
  useContainer: () => undefined,
  getFromContainer: instanceOf,
  getMetadataArgsStorage: () => unknown(),
  Controller: (path) => declares("controller", { path, isJson: false }),
  JsonController: (path) => declares("controller", { path, isJson: true }),
  Middleware: (options) => declares("middleware", options),
  Interceptor: () => ({}),
  Get: action("GET"),
  Post: action("POST"),
  Put: action("PUT"),
  Patch: action("PATCH"),
  Delete: action("DELETE"),
  Head: action("HEAD"),
  All: action("*"),
  Method: (method, path) => said("route", { method: method.toUpperCase(), path }),
  Param: part("params"),
  Params: part("params"),
  QueryParam: part("query"),
  QueryParams: part("query"),
  Body: part("body"),
  BodyParam: part("body"),
  HeaderParam: part("headers"),
  HeaderParams: part("headers"),
  CookieParam: part("cookies"),
  CookieParams: part("cookies"),
  UploadedFile: part("file"),
  UploadedFiles: part("files"),
  Req: part("request"),
  Res: part("response"),
  Ctx: part("context"),
  Session: part("session"),
  SessionParam: part("session"),
  State: part("state"),
  CurrentUser: part("user"),
  createParamDecorator: (options) => said("custom", options.value),
  Authorized: (...roles) => said("authorized", roles.flat()),
  UseBefore: (...list) => said("before", list),
  UseAfter: () => ({}),
  UseInterceptor: () => ({}),
  HttpCode: (status) => said("status", status),
  Redirect: () => said("redirect", 302),
  OnUndefined: (value) => said("undefined", value),
  OnNull: (value) => said("null", value),
  Header: () => ({}),
  ContentType: () => ({}),
  Location: () => ({}),
  Render: () => ({}),
  ResponseClassTransformOptions: () => ({}),
  HttpError: native.HttpError,
  BadRequestError: native.BadRequestError,
  UnauthorizedError: native.UnauthorizedError,
  ForbiddenError: native.ForbiddenError,
  NotFoundError: native.NotFoundError,
  MethodNotAllowedError: native.MethodNotAllowedError,
  NotAcceptableError: native.NotAcceptableError,
  UnprocessableEntityError: native.UnprocessableEntityError,
  InternalServerError: native.InternalServerError,
};
