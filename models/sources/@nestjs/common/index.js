// What the decorators and helpers of NestJS say: data that @nestjs/core reads when the program starts. Sources: docs.nestjs.com (Controllers,
// Pipes, Guards, Exception filters, Custom decorators), packages/common of nest.
const native = require("@nestjs/native");
const { schemaOf } = require("class-validator");

function said(kind, value) {
  return { nest__: kind, value };
}

function method(name) {
  return (path) => said("route", { method: name, path });
}

function part(kind) {
  return (...args) => {
    const isNamed = typeof args[0] === "string";
    return said("param", { part: kind, name: isNamed ? args[0] : undefined, pipes: isNamed ? args.slice(1) : args });
  };
}

module.exports = {
  Module: (value) => said("module", value || {}),
  Global: () => said("global", true),
  Injectable: () => said("injectable", true),
  Catch: (...errors) => said("catch", errors),
  Optional: () => said("optional", true),
  Inject: (token) => said("inject", token),
  Controller: (value, more) => said("controller", { value, more }),
  Get: method("GET"),
  Post: method("POST"),
  Put: method("PUT"),
  Patch: method("PATCH"),
  Delete: method("DELETE"),
  Head: method("HEAD"),
  Options: method("OPTIONS"),
  All: method("*"),
  HttpCode: (status) => said("status", status),
  Header: () => said("header", true),
  Redirect: (url, status) => said("redirect", status === undefined ? 302 : status),
  Render: () => said("render", true),
  Version: (value) => said("version", value),
  SetMetadata: (key, value) => said("metadata", { key, value }),
  UseGuards: (...guards) => said("guards", guards),
  UsePipes: (...pipes) => said("pipes", pipes),
  UseFilters: (...filters) => said("filters", filters),
  UseInterceptors: (...interceptors) => said("interceptors", interceptors),
  applyDecorators: (...list) => said("all", list),
  createParamDecorator: (factory) => (data, ...pipes) => said("param", { factory, data, pipes }),
  Param: part("params"),
  Query: part("query"),
  Body: part("body"),
  Headers: part("headers"),
  Req: part("request"),
  Request: part("request"),
  Res: part("response"),
  Response: part("response"),
  Next: part("next"),
  Session: part("session"),
  Ip: part("ip"),
  HostParam: part("host"),
  UploadedFile: part("file"),
  UploadedFiles: part("files"),
  RequestMethod: { GET: "GET", POST: "POST", PUT: "PUT", DELETE: "DELETE", PATCH: "PATCH", ALL: "*", OPTIONS: "OPTIONS", HEAD: "HEAD" },
  VersioningType: { URI: "uri", HEADER: "header", MEDIA_TYPE: "media", CUSTOM: "custom" },
  VERSION_NEUTRAL: "neutral",
  forwardRef: (give) => give(),
  mixin: (value) => value,
  Logger: class Logger {
    log() {}
    error() {}
    warn() {}
    debug() {}
    verbose() {}
  },
  HttpStatus: {
    CONTINUE: 100,
    OK: 200,
    CREATED: 201,
    ACCEPTED: 202,
    NON_AUTHORITATIVE_INFORMATION: 203,
    NO_CONTENT: 204,
    RESET_CONTENT: 205,
    PARTIAL_CONTENT: 206,
    AMBIGUOUS: 300,
    MOVED_PERMANENTLY: 301,
    FOUND: 302,
    SEE_OTHER: 303,
    NOT_MODIFIED: 304,
    TEMPORARY_REDIRECT: 307,
    PERMANENT_REDIRECT: 308,
    BAD_REQUEST: 400,
    UNAUTHORIZED: 401,
    PAYMENT_REQUIRED: 402,
    FORBIDDEN: 403,
    NOT_FOUND: 404,
    METHOD_NOT_ALLOWED: 405,
    NOT_ACCEPTABLE: 406,
    PROXY_AUTHENTICATION_REQUIRED: 407,
    REQUEST_TIMEOUT: 408,
    CONFLICT: 409,
    GONE: 410,
    LENGTH_REQUIRED: 411,
    PRECONDITION_FAILED: 412,
    PAYLOAD_TOO_LARGE: 413,
    URI_TOO_LONG: 414,
    UNSUPPORTED_MEDIA_TYPE: 415,
    EXPECTATION_FAILED: 417,
    I_AM_A_TEAPOT: 418,
    MISDIRECTED: 421,
    UNPROCESSABLE_ENTITY: 422,
    FAILED_DEPENDENCY: 424,
    PRECONDITION_REQUIRED: 428,
    TOO_MANY_REQUESTS: 429,
    INTERNAL_SERVER_ERROR: 500,
    NOT_IMPLEMENTED: 501,
    BAD_GATEWAY: 502,
    SERVICE_UNAVAILABLE: 503,
    GATEWAY_TIMEOUT: 504,
    HTTP_VERSION_NOT_SUPPORTED: 505,
  },
  HttpException: native.HttpException,
  BadRequestException: native.BadRequestException,
  UnauthorizedException: native.UnauthorizedException,
  PaymentRequiredException: native.PaymentRequiredException,
  ForbiddenException: native.ForbiddenException,
  NotFoundException: native.NotFoundException,
  MethodNotAllowedException: native.MethodNotAllowedException,
  NotAcceptableException: native.NotAcceptableException,
  RequestTimeoutException: native.RequestTimeoutException,
  ConflictException: native.ConflictException,
  GoneException: native.GoneException,
  PreconditionFailedException: native.PreconditionFailedException,
  PayloadTooLargeException: native.PayloadTooLargeException,
  UnsupportedMediaTypeException: native.UnsupportedMediaTypeException,
  ImATeapotException: native.ImATeapotException,
  MisdirectedException: native.MisdirectedException,
  UnprocessableEntityException: native.UnprocessableEntityException,
  InternalServerErrorException: native.InternalServerErrorException,
  NotImplementedException: native.NotImplementedException,
  BadGatewayException: native.BadGatewayException,
  ServiceUnavailableException: native.ServiceUnavailableException,
  GatewayTimeoutException: native.GatewayTimeoutException,
  HttpVersionNotSupportedException: native.HttpVersionNotSupportedException,
};

// ---- pipes

class ParseIntPipe {
  transform(value) {
    if (!native.isWhole(value)) throw new native.BadRequestException("Validation failed (numeric string is expected)");
    return parseInt(value, 10);
  }
}

class ParseFloatPipe {
  transform(value) {
    if (!native.isNumeric(value)) throw new native.BadRequestException("Validation failed (numeric string is expected)");
    return parseFloat(value);
  }
}

class ParseBoolPipe {
  transform(value) {
    if (value !== "true" && value !== "false") throw new native.BadRequestException("Validation failed (boolean string is expected)");
    return value === "true";
  }
}

class ParseUUIDPipe {
  transform(value) {
    if (!native.isUuid(value)) throw new native.BadRequestException("Validation failed (uuid is expected)");
    return value;
  }
}

class ParseArrayPipe {
  transform(value) {
    return value;
  }
}

class ParseEnumPipe {
  constructor(values) {
    this.schema = native.oneOf(values);
  }

  transform(value) {
    return native.checked(value, this.schema);
  }
}

class DefaultValuePipe {
  constructor(value) {
    this.value = value;
  }

  transform(value) {
    return value === undefined ? this.value : value;
  }
}

class ValidationPipe {
  constructor(options) {
    this.options = options || {};
    this.isValidation__ = true;
  }
}

Object.assign(module.exports, { ParseIntPipe, ParseFloatPipe, ParseBoolPipe, ParseUUIDPipe, ParseArrayPipe, ParseEnumPipe, DefaultValuePipe, ValidationPipe });
