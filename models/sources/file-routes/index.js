// Routes that are files: which files there are, where each answers, and what it exports for that. Each framework says in a table how its folders,
// segments and names become a path; what its handlers get stands with the framework.
const { files, load } = require("file-routes/native");

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

// "[id]" and "[...rest]" as ":id" and ":rest*"; "[[id]]", which may be missing, as both ways.
function bracketed(part) {
  if (!part.startsWith("[") || !part.endsWith("]")) return { name: part, isOptional: false };
  const isOptional = part.startsWith("[[");
  const inner = isOptional ? part.slice(2, part.length - 2) : part.slice(1, part.length - 1);
  const name = inner.split("=")[0];
  return { name: ":" + (name.startsWith("...") ? name.slice(3) : name), isOptional };
}

// "$id", and "$" for what is left.
function dollar(part) {
  const isOptional = part.startsWith("(") && part.endsWith(")");
  const inner = isOptional ? part.slice(1, part.length - 1) : part;
  return { name: inner === "$" ? ":splat" : inner.startsWith("$") ? ":" + inner.slice(1) : inner, isOptional };
}

const SEGMENTS = { bracketed, dollar };

function isDropped(part, table) {
  if (part === "") return true;
  for (const mark of table.dropped || []) if (part.startsWith(mark)) return true;
  return false;
}

// All paths at which a file answers.
function pathsOf(below, table) {
  const segment = SEGMENTS[table.segments];
  let paths = [""];
  for (const part of below.split("/")) {
    if (isDropped(part, table)) continue;
    const said = segment(part);
    const longer = paths.map((path) => path + "/" + said.name);
    paths = said.isOptional ? paths.concat(longer) : longer;
  }
  return paths.map((path) => table.prefix + path);
}

// The part of a file's path below the folder of routes, without the kind of file.
function below(file, table) {
  for (const folder of table.folders) {
    const parts = ("/" + file).split("/" + folder + "/");
    if (parts.length > 1) return parts.slice(1).join("/" + folder + "/").split(".").slice(0, -1).join(".");
  }
  return undefined;
}

// Calls add(path, content, file, rest) for each path of each file that the table describes; rest: what `plain` leaves of the name.
function each(table, add) {
  for (const file of files(table.pattern)) {
    const inner = below(file, table);
    if (inner === undefined) continue;
    const said = table.plain(inner);
    if (said === undefined) continue;
    const content = load(file);
    for (const path of pathsOf(said.path, table)) add(path === "" ? "/" : path, content, file, said);
  }
}

module.exports = { each, METHODS };
