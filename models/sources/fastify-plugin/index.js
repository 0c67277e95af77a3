// A plugin that works on the instance that registers it. Source: plugin.js of the package.
function plugin(given, options) {
  const made = given.default || given;
  made["skip-override"] = !(options && options.encapsulate === true);
  return made;
}

module.exports = plugin;
module.exports.default = plugin;
module.exports.fastifyPlugin = plugin;
