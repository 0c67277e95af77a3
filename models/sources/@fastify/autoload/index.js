// Plugins by folder. Source: README and index.js of the package, version 5.
const { folder, isCode, load } = require("fastify/native");

const KINDS = [".js", ".ts", ".mjs", ".cjs", ".mts", ".cts"];

function stem(name) {
  for (const kind of KINDS) if (name.endsWith(kind)) return name.slice(0, name.length - kind.length);
  return undefined;
}

function isHidden(name) {
  return name.endsWith(".d.ts") || name.endsWith(".test.js") || name.endsWith(".test.ts") || name.endsWith(".spec.js") || name.endsWith(".spec.ts");
}

function parameters(prefix) {
  return prefix.split("/").map((part) => (part.startsWith("__") ? ":" + part.slice(2) : part.startsWith("_") ? ":" + part.slice(1) : part)).join("/");
}

function add(instance, file, content, prefix, options) {
  const given = content.default || content;
  const plugin = isCode(given) ? given : given.url || given.path ? (own) => own.route(given) : undefined;
  if (!plugin || plugin.autoload === false || content.autoload === false) return;
  const settings = Object.assign({}, content.autoConfig, options.options);
  const outer = settings.prefix || "";
  const override = plugin.prefixOverride === undefined ? content.prefixOverride : plugin.prefixOverride;
  const inner = plugin.autoPrefix || content.autoPrefix || prefix;
  if (override !== undefined) settings.prefix = override;
  else if (inner) settings.prefix = (typeof outer === "string" && outer.endsWith("/") ? outer.slice(0, outer.length - 1) : outer) + (options.routeParams ? parameters(inner) : inner);
  if (options.encapsulate === false) plugin["skip-override"] = true;
  instance.register(plugin, settings);
}

function hooksIn(dir, names, hooks, options) {
  if (!options.autoHooks) return [];
  const found = options.overwriteHooks ? [] : hooks.concat([]);
  for (const name of names) if (stem(name) === "autohooks" || stem(name) === ".autohooks") found.push(load(dir + "/" + name));
  return found;
}

function search(instance, dir, options, prefix, depth, hooks) {
  const names = folder(dir);
  const own = hooksIn(dir, names, hooks, options);
  const index = names.filter((name) => stem(name) === "index" && !isHidden(name))[0];
  const files = index ? [index] : names.filter((name) => stem(name) && !isHidden(name) && stem(name) !== "autohooks" && stem(name) !== ".autohooks");
  const fill = (target) => {
    for (const hook of own) target.register(Object.assign((inner) => (hook.default || hook)(inner, options.options || {}, () => {}), { "skip-override": true }));
    for (const name of files) add(target, dir + "/" + name, load(dir + "/" + name), prefix, options);
  };
  if (own.length) instance.register((inner) => fill(inner));
  else fill(instance);
  for (const name of names) {
    if (stem(name) || name.startsWith(".") || name.endsWith(".json") || name.endsWith(".md") || name.endsWith(".map") || name.endsWith(".sql") || name === "node_modules") continue;
    if (options.maxDepth !== undefined && options.maxDepth <= depth) continue;
    const step = options.dirNameRoutePrefix === undefined || options.dirNameRoutePrefix === true ? name : typeof options.dirNameRoutePrefix === "function" ? options.dirNameRoutePrefix(dir, name) || "" : "";
    search(instance, dir + "/" + name, options, (prefix ? prefix + "/" : "/") + step, depth + 1, options.cascadeHooks ? own : []);
  }
}

function autoload(instance, options) {
  search(instance, options.dir, options, "", 0, []);
}

autoload["skip-override"] = true;

module.exports = autoload;
module.exports.default = autoload;
module.exports.fastifyAutoload = autoload;
