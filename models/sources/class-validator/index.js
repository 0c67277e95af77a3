// Rules of fields, as JSON Schemas of classes. Sources: README of class-validator; @nestjs/mapped-types for classes made of classes.
const { isCode, isObject, outline } = require("@nestjs/native");

function rule(words, options) {
  return { rule__: words, each: options && options.each };
}

function always(words) {
  return (options) => rule(words, options);
}

function textual(pattern) {
  return (...args) => rule(pattern ? { type: "string", pattern } : { type: "string" }, args[args.length - 1]);
}

function formatted(format) {
  return (...args) => rule({ type: "string", format }, args[args.length - 1]);
}

function flat(decorators) {
  return decorators.flatMap((one) => (isObject(one) && one.nest__ === "all" ? flat(one.value) : [one]));
}

function basic(type, depth) {
  if (Array.isArray(type)) return { type: "array", items: basic(type[0], depth) };
  if (isCode(type)) return depth > 4 ? { type: "object" } : schemaOf(type, depth + 1);
  if (isObject(type)) return { enum: Object.values(type) };
  if (type === "string" || type === "String") return { type: "string" };
  if (type === "number" || type === "Number") return { type: "number" };
  if (type === "boolean" || type === "Boolean") return { type: "boolean" };
  if (type === "Date") return { type: "string", format: "date-time" };
  if (type === "object" || type === "Object" || type === "Record") return { type: "object" };
  return {};
}

function fieldOf(field, depth) {
  const words = {};
  const items = {};
  let isOptional = field.isOptional;
  let nested;
  for (const one of flat(field.decorators)) {
    if (!isObject(one)) continue;
    if (one.optional__) isOptional = true;
    if (one.type__) nested = one.type__();
    if (one.rule__ && one.each) Object.assign(items, one.rule__);
    else if (one.rule__) Object.assign(words, one.rule__);
  }
  const own = Object.assign({}, basic(field.type, depth), words);
  if (nested && isCode(nested)) {
    const inner = basic(nested, depth);
    if (own.type === "array") own.items = inner;
    else Object.assign(own, inner);
  }
  if (Object.keys(items).length) own.items = Object.assign({}, own.items, items);
  return { schema: own, isOptional };
}

function schemaOf(cls, depth) {
  if (!isCode(cls)) return cls && cls.class__ ? cls.class__() : {};
  const at = depth || 0;
  const said = outline(cls);
  const from = said.base === undefined ? {} : isCode(said.base) || (isObject(said.base) && said.base.class__) ? schemaOf(said.base, at + 1) : {};
  const properties = Object.assign({}, from.properties);
  let required = (from.required || []).concat([]);
  const free = from.properties ? Object.keys(from.properties).filter((name) => !required.includes(name)) : [];
  for (const field of said.fields) {
    const made = fieldOf(field, at);
    // A field that is said again keeps the rules of the base class; one with a value of its own has that where nothing came.
    const isOptional = made.isOptional || field.hasValue || free.includes(field.name);
    properties[field.name] = made.schema;
    if (isOptional) required = required.filter((name) => name !== field.name);
    else if (!required.includes(field.name)) required.push(field.name);
  }
  return { title: said.name, type: "object", properties, required };
}

// ---- classes made of classes

function PartialType(cls) {
  return { class__: () => ({ type: "object", properties: schemaOf(cls).properties, required: [] }) };
}

function only(schema, names, isIn) {
  const properties = {};
  for (const name of Object.keys(schema.properties)) if (names.includes(name) === isIn) properties[name] = schema.properties[name];
  return { type: "object", properties, required: schema.required.filter((name) => names.includes(name) === isIn) };
}

function PickType(cls, names) {
  return { class__: () => only(schemaOf(cls), names, true) };
}

function OmitType(cls, names) {
  return { class__: () => only(schemaOf(cls), names, false) };
}

function IntersectionType(...classes) {
  return {
    class__: () => {
      const properties = {};
      let required = [];
      for (const cls of classes) {
        const one = schemaOf(cls);
        Object.assign(properties, one.properties);
        required = required.concat(one.required || []);
      }
      return { type: "object", properties, required };
    },
  };
}

module.exports = {
  schemaOf,
  PartialType,
  PickType,
  OmitType,
  IntersectionType,
  IsOptional: () => ({ rule__: {}, optional__: true }),
  ValidateIf: () => ({ rule__: {}, optional__: true }),
  IsDefined: always({}),
  Allow: always({}),
  IsNotEmpty: always({}),
  IsString: always({ type: "string" }),
  IsNumber: (how, options) => rule({ type: "number" }, options || how),
  IsInt: always({ type: "integer" }),
  IsPositive: always({ type: "number", exclusiveMinimum: 0 }),
  IsNegative: always({ type: "number", exclusiveMaximum: 0 }),
  IsBoolean: always({ type: "boolean" }),
  IsDate: always({ type: "string", format: "date-time" }),
  IsObject: always({ type: "object" }),
  IsNotEmptyObject: always({ type: "object" }),
  IsArray: always({ type: "array" }),
  ValidateNested: always({}),
  IsEnum: (values, options) => rule({ enum: Array.isArray(values) ? values : Object.values(values) }, options),
  IsIn: (values, options) => rule({ enum: values }, options),
  Equals: (value, options) => rule({ enum: [value] }, options),
  Min: (n, options) => rule({ minimum: n }, options),
  Max: (n, options) => rule({ maximum: n }, options),
  IsDivisibleBy: (n, options) => rule({ multipleOf: n }, options),
  Length: (low, high, options) => rule(typeof high === "number" ? { type: "string", minLength: low, maxLength: high } : { type: "string", minLength: low }, options),
  MinLength: (n, options) => rule({ type: "string", minLength: n }, options),
  MaxLength: (n, options) => rule({ type: "string", maxLength: n }, options),
  Matches: (pattern, options) => rule(typeof pattern === "string" ? { type: "string", pattern } : pattern.ignoreCase ? { type: "string" } : { type: "string", pattern: pattern.source }, options),
  ArrayMinSize: (n) => rule({ minItems: n }),
  ArrayMaxSize: (n) => rule({ maxItems: n }),
  ArrayNotEmpty: () => rule({ minItems: 1 }),
  ArrayUnique: () => rule({ uniqueItems: true }),
  IsEmail: formatted("email"),
  IsUrl: formatted("uri"),
  IsUUID: formatted("uuid"),
  IsDateString: formatted("date-time"),
  IsISO8601: formatted("date-time"),
  IsIP: formatted("ip"),
  IsJWT: formatted("jwt"),
  IsMongoId: textual("^[0-9a-fA-F]{24}$"),
  IsNumberString: textual("^-?[0-9]+([.][0-9]+)?$"),
  IsAlpha: textual("^[a-zA-Z]+$"),
  IsAlphanumeric: textual("^[0-9a-zA-Z]+$"),
  IsHexColor: textual(),
  IsPhoneNumber: textual(),
  IsMobilePhone: textual(),
  IsStrongPassword: textual(),
  IsJSON: textual(),
  IsBase64: textual(),
  IsLowercase: textual(),
  IsUppercase: textual(),
  IsTimeZone: textual(),
  IsLatitude: always({}),
  IsLongitude: always({}),
  IsCurrency: textual(),
  IsISO4217CurrencyCode: textual(),
  IsISO31661Alpha2: textual(),
  Contains: textual(),
  Validate: () => ({}),
  registerDecorator: () => undefined,
  ValidatorConstraint: () => ({}),
};
