// The client that a schema file describes: for each model what is sent and what comes back. Sources: prisma.io/docs/orm/reference/prisma-schema-reference
// (attributes, types), prisma.io/docs/orm/prisma-client/queries/crud. Fields with a default, of a list or that may be null need not be sent, nor those that
// the client writes; relations are in a row only when they are asked for.
const { Client, delegate, texts } = require("@prisma/client/native");

const SENT = {
  String: { type: "string" }, Boolean: { type: "boolean" }, Int: { type: "integer" }, BigInt: {}, Float: { type: "number" }, Decimal: { type: ["number", "string"] },
  DateTime: { type: "string", format: "date-time" }, Json: {}, Bytes: {},
};
const FOUND = Object.assign({}, SENT, { Decimal: { type: "string" } });

// The blocks of all files: { name: { kind, lines } }. The first of a name holds.
function blocksOf(files) {
  const blocks = {};
  for (const text of files)
    for (const kind of ["model", "enum", "type", "view"])
      for (const piece of ("\n" + text).split("\n" + kind + " ").slice(1)) {
        const name = piece.split("{")[0].trim();
        const inner = piece.slice(piece.indexOf("{") + 1).split("\n}")[0];
        if (blocks[name] === undefined) blocks[name] = { kind, lines: inner.replaceAll("\t", " ").split("\n") };
      }
  return blocks;
}

// "  email String? @unique // …" in its parts; nothing for what is no field.
function fieldOf(line) {
  const words = line.split("//")[0].split(" ").filter((word) => word !== "" && word !== "\r");
  if (words.length < 2 || words[0].startsWith("@") || words[0].startsWith("/")) return undefined;
  const said = " " + words.slice(2).join(" ");
  const of = words[1].replace("?", "").replace("[]", "").trim();
  return { name: words[0], of, isList: words[1].includes("[]"), isNullable: words[1].includes("?"), said, isHidden: said.includes("@ignore") };
}

function valuesOf(block) {
  return block.lines.map((line) => line.trim().split(" ")[0].split("\r")[0]).filter((name) => name !== "" && !name.startsWith("@") && !name.startsWith("/"));
}

// What stands between the brackets behind a word: "255" of "@db.VarChar(255)".
function within(said, word) {
  return said.includes(word + "(") ? said.split(word + "(")[1].split(")")[0] : undefined;
}

function scalar(field, kinds, blocks) {
  const block = blocks[field.of];
  const plain = block === undefined ? kinds[field.of] : block.kind === "enum" ? { type: "string", enum: valuesOf(block) } : { type: "object" };
  let one = Object.assign({}, plain || {});
  const length = within(field.said, "@db.VarChar") || within(field.said, "@db.Char") || within(field.said, "@db.NVarChar");
  if (length) one.maxLength = Number(length);
  if (field.said.includes("@db.Uuid")) one.format = "uuid";
  if (field.said.includes("@db.Date ") || field.said.endsWith("@db.Date")) one.format = "date";
  if (field.isList) one = { type: "array", items: one };
  if (field.isNullable && one.type !== undefined) one = one.enum ? { anyOf: [one, { type: "null" }] } : Object.assign({}, one, { type: [].concat(one.type, "null") });
  return one;
}

function isOptional(field) {
  return field.isNullable || field.isList || field.said.includes("@default(") || field.said.includes("@updatedAt");
}

function rowsOf(row, field) {
  return field.isList ? { type: "array", items: row } : field.isNullable ? { anyOf: [row, { type: "null" }] } : row;
}

function delegates() {
  const blocks = blocksOf(texts("\\.prisma$"));
  const names = Object.keys(blocks).filter((name) => blocks[name].kind === "model" || blocks[name].kind === "view");
  const fields = {};
  const rows = {};
  const sent = {};
  for (const name of names) {
    fields[name] = blocks[name].lines.map(fieldOf).filter((field) => field !== undefined && !field.isHidden);
    const columns = fields[name].filter((field) => !names.includes(field.of));
    const found = {};
    const given = {};
    for (const column of columns) {
      found[column.name] = scalar(column, FOUND, blocks);
      given[column.name] = scalar(column, SENT, blocks);
    }
    rows[name] = { title: name, type: "object", properties: found, required: columns.map((column) => column.name) };
    sent[name] = { title: name + "CreateInput", type: "object", properties: given, required: columns.filter((column) => !isOptional(column)).map((column) => column.name) };
  }
  const withRelations = (from) => {
    const out = {};
    for (const name of names) {
      const relations = {};
      for (const field of fields[name]) if (names.includes(field.of)) relations[field.name] = rowsOf(from[field.of], field);
      out[name] = Object.assign({}, rows[name], { properties: Object.assign({}, rows[name].properties, relations) });
    }
    return out;
  };
  const one = withRelations(rows);
  const two = names.length > 60 ? one : withRelations(one);
  const out = {};
  for (const name of names) out[name.slice(0, 1).toLowerCase() + name.slice(1)] = delegate(sent[name], two[name]);
  return out;
}

const DELEGATES = delegates();

class PrismaClient extends Client {
  constructor(options) {
    super(options);
    for (const name of Object.keys(DELEGATES)) this[name] = DELEGATES[name];
  }
}

module.exports = { PrismaClient };
