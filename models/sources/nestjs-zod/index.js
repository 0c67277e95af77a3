// Pipes and classes from schemas of zod. Sources: README of nestjs-zod 1 to 5, its pipe.ts and dto.ts.
const { BadRequestException, isCode, isObject, outline } = require("@nestjs/native");

// Of a class made from a schema, or of one that extends such a class.
function dtoIn(cls) {
  let from = cls;
  for (let depth = 0; depth < 4 && isCode(from); depth++) from = outline(from).base;
  return isObject(from) && from.isZodDto ? from.schema : undefined;
}

function schemaIn(one) {
  if (isCode(one)) return dtoIn(one);
  if (!isObject(one)) return one;
  return one.isZodDto ? one.schema : one;
}

function createZodDto(schema) {
  return { isZodDto: true, schema, create: (value) => schema.parse(value), class__: () => ({}) };
}

function createZodValidationPipe(options) {
  const create = options && options.createValidationException;
  class ZodValidationPipe {
    constructor(...given) {
      this.isBound = given.length > 0;
      this.schema = this.isBound ? schemaIn(given[0]) : undefined;
    }

    // Which one checks a parameter of that type: known when the program starts.
    schemaFor__(type) {
      return this.isBound ? this.schema : isCode(type) ? dtoIn(type) : undefined;
    }

    transform(value, about) {
      if (about.schema__ === undefined) return value;
      try {
        return about.schema__.parse(value);
      } catch (error) {
        if (create) throw create(error);
        throw new BadRequestException({ statusCode: 400, message: "Validation failed", errors: error });
      }
    }
  }
  ZodValidationPipe.isMadeOfNothing__ = true;
  return ZodValidationPipe;
}

const ZodValidationPipe = createZodValidationPipe();

function validate(value, schemaOrDto) {
  return schemaIn(schemaOrDto).parse(value);
}

module.exports = {
  createZodDto,
  createZodValidationPipe,
  ZodValidationPipe,
  validate,
  patchNestJsSwagger: () => undefined,
  cleanupOpenApiDoc: (document) => document,
  ZodValidationException: BadRequestException,
};
