// Servers by a manifest. Source: README of the package.
const { server } = require("@hapi/hapi");
const { load } = require("hapi/native");

async function compose(manifest, options) {
  const made = server(manifest.server);
  const plugins = (manifest.register && manifest.register.plugins) || [];
  for (const one of plugins) {
    const name = typeof one === "string" ? one : one.plugin;
    const plugin = typeof name === "string" ? load(name.startsWith(".") && options && options.relativeTo ? options.relativeTo + "/" + name.slice(2) : name) : name;
    await made.register({ plugin, options: one.options, routes: one.routes });
  }
  return made;
}

module.exports = { compose };
