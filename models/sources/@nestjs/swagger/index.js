// What is written for the document alone; of the answers it says the shapes. Source: docs.nestjs.com/openapi.
const { PartialType, PickType, OmitType, IntersectionType } = require("class-validator");

function nothing() {
  return { nest__: "doc", value: undefined };
}

function property(options) {
  return options && options.required === false ? { rule__: {}, optional__: true } : {};
}

module.exports = { PartialType, PickType, OmitType, IntersectionType };
module.exports.ApiProperty = property;
module.exports.ApiPropertyOptional = () => ({ rule__: {}, optional__: true });
for (const name of ["ApiTags", "ApiOperation", "ApiBearerAuth", "ApiBody", "ApiQuery", "ApiParam", "ApiHeader", "ApiConsumes", "ApiProduces", "ApiExtraModels", "ApiSecurity", "ApiBasicAuth", "ApiCookieAuth", "ApiOAuth2", "ApiExcludeEndpoint", "ApiExcludeController", "ApiHideProperty", "ApiDefaultResponse", "ApiExtension", "ApiCallbacks", "ApiLink"]) module.exports[name] = nothing;

// An answer: what its status means, and the class (or list of one) that it has the form of.
function answer(status, options) {
  const given = options || {};
  return { nest__: "answer", value: { status, type: given.isArray && given.type !== undefined ? [given.type] : given.type, schema: given.schema } };
}

module.exports.ApiResponse = (options) => answer(options && options.status, options);
const statuses = {
  Ok: 200,
  Created: 201,
  Accepted: 202,
  NoContent: 204,
  MovedPermanently: 301,
  Found: 302,
  BadRequest: 400,
  Unauthorized: 401,
  PaymentRequired: 402,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  RequestTimeout: 408,
  Conflict: 409,
  Gone: 410,
  PreconditionFailed: 412,
  PayloadTooLarge: 413,
  UnsupportedMediaType: 415,
  UnprocessableEntity: 422,
  TooManyRequests: 429,
  InternalServerError: 500,
  NotImplemented: 501,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
};
for (const name of Object.keys(statuses)) module.exports["Api" + name + "Response"] = (options) => answer(statuses[name], options);
