// JSON Schemas by function. Source: README of the package. What is optional remembers it until an object is made of it.
function made(base, options) {
  return Object.assign(base, options);
}

function objectOf(properties, options) {
  const required = [];
  for (const name of Object.keys(properties)) if (!properties[name] || !properties[name].optional__) required.push(name);
  return made({ type: "object", properties, required }, options);
}

function choose(schema, names, isIn) {
  const list = Array.isArray(names) ? names : names && names.properties ? Object.keys(names.properties) : names && names.enum ? names.enum : [names];
  const properties = {};
  for (const name of Object.keys(schema.properties)) if (list.includes(name) === isIn) properties[name] = schema.properties[name];
  return objectOf(properties, schema.additionalProperties === undefined ? {} : { additionalProperties: schema.additionalProperties });
}

function mapped(schema, change) {
  const properties = {};
  for (const name of Object.keys(schema.properties)) properties[name] = change(schema.properties[name]);
  return objectOf(properties, {});
}

function optional(schema) {
  return Object.assign({}, schema, { optional__: true });
}

function composite(list, options) {
  const properties = {};
  for (const one of list) Object.assign(properties, one.properties);
  return objectOf(properties, options);
}

const Type = {
  Any: (options) => made({}, options),
  Unknown: (options) => made({}, options),
  Null: (options) => made({ type: "null" }, options),
  String: (options) => made({ type: "string" }, options),
  RegEx: (pattern, options) => made({ type: "string" }, options),
  RegExp: (pattern, options) => made({ type: "string" }, options),
  TemplateLiteral: (kinds, options) => made({ type: "string" }, options),
  Number: (options) => made({ type: "number" }, options),
  Integer: (options) => made({ type: "integer" }, options),
  BigInt: (options) => made({ type: "integer" }, options),
  Boolean: (options) => made({ type: "boolean" }, options),
  Date: (options) => made({ type: "string", format: "date-time" }, options),
  Literal: (value, options) => made({ const: value, type: typeof value }, options),
  Array: (items, options) => made({ type: "array", items }, options),
  Tuple: (items, options) => made({ type: "array", items }, options),
  Object: (properties, options) => objectOf(properties, options),
  Record: (keys, values, options) => made({ type: "object", additionalProperties: values }, options),
  Dict: (values, options) => made({ type: "object", additionalProperties: values }, options),
  Union: (list, options) => made({ anyOf: list }, options),
  Intersect: (list, options) => made({ allOf: list }, options),
  Composite: (list, options) => composite(list, options),
  Enum: (values, options) => made({ enum: Object.values(values) }, options),
  KeyOf: (schema, options) => made({ enum: Object.keys(schema.properties) }, options),
  Optional: (schema) => optional(schema),
  Readonly: (schema) => schema,
  ReadonlyOptional: (schema) => optional(schema),
  Partial: (schema) => mapped(schema, (one) => optional(one)),
  Required: (schema) => mapped(schema, (one) => Object.assign({}, one, { optional__: false })),
  Pick: (schema, names) => choose(schema, names, true),
  Omit: (schema, names) => choose(schema, names, false),
  Index: (schema, name) => schema.properties[name],
  Ref: (schema, options) => (typeof schema === "string" ? { $ref: schema } : schema),
  Unsafe: (schema) => schema,
  Transform: (schema) => ({ Decode: () => ({ Encode: () => schema }) }),
  Strict: (schema) => schema,
  Clone: (schema) => schema,
  Recursive: (make) => ({ type: "object" }),
};

module.exports = Type;
module.exports.default = Type;
module.exports.Type = Type;
module.exports.t = Type;
