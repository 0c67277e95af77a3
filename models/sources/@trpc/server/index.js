// How procedures become operations. Sources: trpc.io/docs/server (routers, procedures, middlewares, merging routers, error handling), trpc.io/docs/rpc. Where
// the router is served is said by an adapter; those that run within a handler of a file are found by the folder of that file.
const { application, validation, objectOf, files, here, isCode, isObject, unknown } = require("trpc-http/native");

const STATUSES = {
  PARSE_ERROR: 400,
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  PAYMENT_REQUIRED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  TIMEOUT: 408,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE_CONTENT: 422,
  TOO_MANY_REQUESTS: 429,
  CLIENT_CLOSED_REQUEST: 499,
  INTERNAL_SERVER_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503,
  GATEWAY_TIMEOUT: 504,
};

const routers = [];
const served = [];

class TRPCError extends Error {
  constructor(options) {
    super(options.message);
    this.code = options.code;
    this.message = options.message;
    this.status__ = STATUSES[options.code];
  }
}

class Procedure {
  constructor(inputs, checks) {
    this.inputs = inputs;
    this.checks = checks;
  }

  input(schema) {
    return new Procedure(this.inputs.concat([schema]), this.checks);
  }

  output() {
    return this;
  }

  meta() {
    return this;
  }

  use(check) {
    const own = isObject(check) && check.checks__ ? check.checks__ : [check];
    return new Procedure(this.inputs, this.checks.concat(own));
  }

  concat(other) {
    return new Procedure(this.inputs.concat(other.inputs), this.checks.concat(other.checks));
  }

  unstable_concat(other) {
    return this.concat(other);
  }

  made(kind, resolver) {
    return { procedure__: kind, inputs: this.inputs, checks: this.checks, resolver, site: here() };
  }

  query(resolver) {
    return this.made("query", resolver);
  }

  mutation(resolver) {
    return this.made("mutation", resolver);
  }

  subscription() {
    return { procedure__: "subscription" };
  }
}

function router(record) {
  const made = Object.assign({}, record, { record__: record, isPart__: false });
  for (const name of Object.keys(record)) if (isObject(record[name]) && record[name].record__) record[name].isPart__ = true;
  routers.push(made);
  return made;
}

function mergeRouters(...list) {
  const record = {};
  for (const one of list) {
    one.isPart__ = true;
    Object.assign(record, one.record__);
  }
  return router(record);
}

class Builder {
  context() {
    return this;
  }

  meta() {
    return this;
  }

  create() {
    return {
      router,
      procedure: new Procedure([], []),
      middleware: (check) => ({ checks__: [check], unstable_pipe: (other) => other }),
      mergeRouters,
      createCallerFactory: () => () => unknown(),
    };
  }
}

function run(checks, at, resolver, context, input) {
  if (at >= checks.length) return resolver({ ctx: context, input });
  const check = checks[at];
  return check({ ctx: context, input, next: (more) => run(checks, at + 1, resolver, (more && more.ctx) || context, input) });
}

function handlerOf(one) {
  const { checks, resolver, procedure__ } = one;
  if (procedure__ === "query")
    return async (request) => {
      const data = await run(checks, 0, resolver, unknown(), request.query.input);
      return { result: { data } };
    };
  return async (request) => {
    const data = await run(checks, 0, resolver, unknown(), request.body);
    return { result: { data } };
  };
}

function add(app, prefix, record, path) {
  for (const name of Object.keys(record)) {
    const one = record[name];
    const own = path ? path + "." + name : name;
    if (isObject(one) && one.record__) add(app, prefix, one.record__, own);
    else if (isObject(one) && (one.procedure__ === "query" || one.procedure__ === "mutation")) {
      const chain = [];
      for (const schema of one.inputs) chain.push(one.procedure__ === "query" ? validation({ query: objectOf({ input: schema }) }) : validation({ body: schema }));
      chain.push(handlerOf(one));
      app.route(prefix + "/" + own, one.procedure__ === "query" ? "GET" : "POST", chain, one.site);
    } else if (isObject(one) && !one.procedure__) add(app, prefix, one, own);
  }
}

// Of a file that serves it below its own path: app/api/trpc/[trpc]/route.ts, pages/api/trpc/[trpc].ts.
function usualPrefix() {
  const found = files("(^|/)(app|pages|routes|server)/.*\\[(\\.\\.\\.)?trpc\\]");
  if (!found.length) return "/trpc";
  const inner = found[0].split("/[")[0];
  for (const folder of ["/app/", "/pages/", "/routes/", "/server/"]) {
    const parts = ("/" + inner).split(folder);
    if (parts.length > 1) return "/" + parts[parts.length - 1];
  }
  return "/trpc";
}

function serve(root, prefix) {
  served.push({ root, prefix });
}

function __start__() {
  const app = application();
  for (const one of served) if (isObject(one.root) && one.root.record__) add(app, one.prefix, one.root.record__, "");
  if (served.length) return;
  const prefix = usualPrefix();
  for (const one of routers) if (!one.isPart__) add(app, prefix, one.record__, "");
}

module.exports = { initTRPC: new Builder(), TRPCError, serve, usualPrefix };
