// Routes that are files: which files there are, where each answers, and what it exports for that. Each framework says in a table how its folders,
// segments and names become a path; what its handlers get stands with the framework.
const { files, load } = require("file-routes/native");

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

// "[id]", "[...rest]" and "file-[id].txt" with a colon; "[[id]]" may be missing.
function bracketed(part) {
  const isOptional = part.startsWith("[[") && part.endsWith("]]");
  const plain = isOptional ? part.slice(1, part.length - 1) : part;
  const [before, ...pieces] = plain.split("[");
  let name = before;
  for (const piece of pieces) {
    const [inner, behind] = piece.split("]");
    const own = inner.split("=")[0];
    name = name + ":" + (own.startsWith("...") ? own.slice(3) || "path" : own) + (behind || "");
  }
  return { name, isOptional };
}

// "$id", and "$" for what is left; "($id)" may be missing, "[.]" is as it stands.
function dollar(part) {
  const isOptional = part.startsWith("(") && part.endsWith(")");
  const inner = isOptional ? part.slice(1, part.length - 1) : part;
  const plain = inner.endsWith("_") ? inner.slice(0, inner.length - 1) : inner;
  const name = plain === "$" ? ":splat" : plain.startsWith("$") ? ":" + plain.slice(1) : plain;
  return { name: name.replace(/[\[\]]/g, ""), isOptional };
}

const SEGMENTS = { bracketed, dollar };

// All paths at which a file answers.
function pathsOf(parts, table) {
  const segment = SEGMENTS[table.segments];
  let paths = [""];
  for (const part of parts) {
    if (part === "" || (table.isDropped && table.isDropped(part))) continue;
    const said = segment(part);
    const longer = paths.map((path) => path + "/" + said.name);
    paths = said.isOptional ? paths.concat(longer) : longer;
  }
  return paths.map((path) => table.prefix + path);
}

// The part of a file's path below the folder of routes, without the kind of file.
function below(file, table) {
  const parts = ("/" + file).split("/" + table.folder + "/");
  if (parts.length < 2) return undefined;
  const inner = parts.slice(1).join("/" + table.folder + "/");
  return inner.slice(0, inner.lastIndexOf("."));
}

// Calls add(path, content, said) for each path of each file that the table describes; `said` is what its function `read` made of the file's path below
// the folder: at least `parts`, or nothing where it is no route.
function each(table, add) {
  for (const file of files(table.pattern)) {
    const inner = below(file, table);
    const said = inner === undefined ? undefined : table.read(inner);
    if (said === undefined) continue;
    const content = load(file);
    for (const path of pathsOf(said.parts, table)) add(path === "" ? "/" : path, content, said);
  }
}

module.exports = { each, METHODS };
