// Routes with schemas. Source: its README. What does not fit is refused with 400, or `failure`, before the handler runs.
const Base = require("@koa/router");
const Joi = require("joi");
const { here, validation } = require("koa/native");

function partsOf(validate) {
  const parts = {};
  if (validate.body) parts.body = validate.body;
  if (validate.query) parts.query = validate.query;
  if (validate.params) parts.params = validate.params;
  if (validate.header) parts.headers = validate.header;
  return parts;
}

function answersOf(output) {
  const answers = {};
  for (const status of Object.keys(output)) answers[status] = output[status].body;
  return answers;
}

class JoiRouter extends Base {
  route(spec) {
    const site = here();
    for (const one of Array.isArray(spec) ? spec : [spec]) this.one(one, site);
    return this;
  }

  one(spec, site) {
    const methods = (Array.isArray(spec.method) ? spec.method : [spec.method]).map((method) => method.toUpperCase()).join(",");
    const pre = spec.pre ? [spec.pre] : [];
    const checks = spec.validate ? [validation(partsOf(spec.validate))] : [];
    super.add(methods, [spec.path].concat(pre).concat(checks).concat(spec.handler), site);
    if (spec.validate && spec.validate.output) this.layers[this.layers.length - 1].answers = answersOf(spec.validate.output);
  }

  add(methods, args, site) {
    const spec = args[1];
    if (spec && spec.validate) {
      this.one(Object.assign({}, spec, { method: methods, path: args[0], handler: args.slice(2) }), site);
      return this;
    }
    return super.add(methods, args, site);
  }

  middleware() {
    return this.routes();
  }
}

function router() {
  return new JoiRouter();
}

module.exports = router;
module.exports.default = router;
module.exports.Joi = Joi;
