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
for (const name of ["ApiTags", "ApiOperation", "ApiResponse", "ApiBearerAuth", "ApiBody", "ApiQuery", "ApiParam", "ApiHeader", "ApiConsumes", "ApiProduces", "ApiExtraModels", "ApiSecurity", "ApiBasicAuth", "ApiCookieAuth", "ApiOAuth2", "ApiExcludeEndpoint", "ApiExcludeController", "ApiHideProperty", "ApiOkResponse", "ApiCreatedResponse", "ApiAcceptedResponse", "ApiNoContentResponse", "ApiMovedPermanentlyResponse", "ApiFoundResponse", "ApiBadRequestResponse", "ApiUnauthorizedResponse", "ApiForbiddenResponse", "ApiNotFoundResponse", "ApiConflictResponse", "ApiUnprocessableEntityResponse", "ApiInternalServerErrorResponse", "ApiTooManyRequestsResponse", "ApiDefaultResponse"]) module.exports[name] = nothing;
