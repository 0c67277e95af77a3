// mount("/prefix", application or middleware). Source: its README.
const { isObject } = require("koa/native");

function mount(prefix, inner) {
  if (typeof prefix !== "string") return { mounted__: prefix, prefix__: "" };
  if (isObject(inner) && inner.middleware) inner.isMounted = true;
  return { mounted__: inner, prefix__: prefix === "/" ? "" : prefix };
}

module.exports = mount;
module.exports.default = mount;
