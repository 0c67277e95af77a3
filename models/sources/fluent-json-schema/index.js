// JSON Schemas by chains of calls. Source: README and src/BaseSchema.js, ObjectSchema.js of the package.
class Fluent {
  constructor(data, isWanted, last) {
    this.data = data;
    this.isWanted = isWanted;
    this.last = last;
    this.isFluentSchema = true;
  }

  with(more) {
    return new Fluent(Object.assign({}, this.data, more), this.isWanted, this.last);
  }

  valueOf() {
    return this.data;
  }

  id($id) {
    return this.with({ $id });
  }

  title() {
    return this;
  }

  description(description) {
    return this.with({ description });
  }

  examples() {
    return this;
  }

  ref($ref) {
    return this.with({ $ref });
  }

  enum(values) {
    return this.with({ enum: values });
  }

  const(value) {
    return this.with({ const: value });
  }

  default(value) {
    return this.with({ default: value });
  }

  readOnly() {
    return this.with({ readOnly: true });
  }

  writeOnly() {
    return this.with({ writeOnly: true });
  }

  deprecated() {
    return this.with({ deprecated: true });
  }

  required(names) {
    if (Array.isArray(names)) return this.with({ required: (this.data.required || []).concat(names) });
    if (this.last) return this.with({ required: (this.data.required || []).concat([this.last]) });
    return new Fluent(this.data, true, this.last);
  }

  not() {
    return this;
  }

  anyOf(list) {
    return this.with({ anyOf: list.map((one) => one.valueOf()) });
  }

  oneOf(list) {
    return this.with({ oneOf: list.map((one) => one.valueOf()) });
  }

  allOf(list) {
    return this.with({ allOf: list.map((one) => one.valueOf()) });
  }

  as(type) {
    return this.with({ type });
  }

  ifThen() {
    return this;
  }

  ifThenElse() {
    return this;
  }

  raw(fragment) {
    return this.with(fragment);
  }

  // ---- texts, numbers, lists

  minLength(n) {
    return this.with({ minLength: n });
  }

  maxLength(n) {
    return this.with({ maxLength: n });
  }

  format(format) {
    return this.with({ format });
  }

  pattern(pattern) {
    return this.with({ pattern: typeof pattern === "string" ? pattern : pattern.source });
  }

  contentEncoding() {
    return this;
  }

  contentMediaType() {
    return this;
  }

  minimum(n) {
    return this.with({ minimum: n });
  }

  maximum(n) {
    return this.with({ maximum: n });
  }

  exclusiveMinimum(n) {
    return this.with({ exclusiveMinimum: n });
  }

  exclusiveMaximum(n) {
    return this.with({ exclusiveMaximum: n });
  }

  multipleOf(n) {
    return this.with({ multipleOf: n });
  }

  items(items) {
    return this.with({ items: Array.isArray(items) ? items.map((one) => one.valueOf()) : items.valueOf() });
  }

  additionalItems() {
    return this;
  }

  contains() {
    return this;
  }

  uniqueItems(is) {
    return this.with({ uniqueItems: is });
  }

  minItems(n) {
    return this.with({ minItems: n });
  }

  maxItems(n) {
    return this.with({ maxItems: n });
  }

  // ---- objects

  prop(name, schema) {
    const properties = Object.assign({}, this.data.properties);
    properties[name] = schema ? schema.valueOf() : {};
    const required = this.data.required || [];
    const more = { properties, required: schema && schema.isWanted ? required.concat([name]) : required };
    return new Fluent(Object.assign({}, this.data, more), this.isWanted, name);
  }

  additionalProperties(is) {
    return this.with({ additionalProperties: typeof is === "boolean" ? is : is.valueOf() });
  }

  maxProperties() {
    return this;
  }

  minProperties() {
    return this;
  }

  patternProperties() {
    return this;
  }

  dependencies() {
    return this;
  }

  propertyNames() {
    return this;
  }

  definition(name, schema) {
    const definitions = Object.assign({}, this.data.definitions);
    definitions[name] = schema.valueOf();
    return this.with({ definitions });
  }

  extend(base) {
    const from = base.valueOf();
    const more = { properties: Object.assign({}, from.properties, this.data.properties), required: (from.required || []).concat(this.data.required || []) };
    return new Fluent(Object.assign({}, from, this.data, more), this.isWanted, this.last);
  }

  only(names) {
    const properties = {};
    for (const name of names) properties[name] = this.data.properties[name];
    return new Fluent(Object.assign({}, this.data, { properties, required: (this.data.required || []).filter((name) => names.includes(name)) }), this.isWanted, undefined);
  }

  without(names) {
    const properties = {};
    for (const name of Object.keys(this.data.properties)) if (!names.includes(name)) properties[name] = this.data.properties[name];
    return new Fluent(Object.assign({}, this.data, { properties, required: (this.data.required || []).filter((name) => !names.includes(name)) }), this.isWanted, undefined);
  }
}

function begin(type) {
  return () => new Fluent(type ? { type } : {}, false, undefined);
}

const S = {
  object: begin("object"),
  string: begin("string"),
  number: begin("number"),
  integer: begin("integer"),
  boolean: begin("boolean"),
  array: begin("array"),
  null: begin("null"),
  mixed: (types) => new Fluent({ type: types }, false, undefined),
  raw: (data) => new Fluent(data, false, undefined),
  id: ($id) => new Fluent({ $id }, false, undefined),
  enum: (values) => new Fluent({ enum: values }, false, undefined),
  const: (value) => new Fluent({ const: value }, false, undefined),
  ref: ($ref) => new Fluent({ $ref }, false, undefined),
  anyOf: (list) => new Fluent({ anyOf: list.map((one) => one.valueOf()) }, false, undefined),
  oneOf: (list) => new Fluent({ oneOf: list.map((one) => one.valueOf()) }, false, undefined),
  allOf: (list) => new Fluent({ allOf: list.map((one) => one.valueOf()) }, false, undefined),
  withOptions: () => S,
  FORMATS: {
    RELATIVE_JSON_POINTER: "relative-json-pointer", JSON_POINTER: "json-pointer", UUID: "uuid", REGEX: "regex", IPV6: "ipv6", IPV4: "ipv4", HOSTNAME: "hostname", EMAIL: "email",
    URL: "url", URI_TEMPLATE: "uri-template", URI_REFERENCE: "uri-reference", URI: "uri", TIME: "time", DATE: "date", DATE_TIME: "date-time", ISO_TIME: "iso-time", ISO_DATE_TIME: "iso-date-time",
  },
  TYPES: { STRING: "string", NUMBER: "number", BOOLEAN: "boolean", INTEGER: "integer", OBJECT: "object", ARRAY: "array", NULL: "null" },
};

module.exports = S;
module.exports.default = S;
module.exports.S = S;
