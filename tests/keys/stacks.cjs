'use strict';
// Preloaded into a fixture by verify.mjs: prints the stack of every error that reaches an
// Express error handler, so that the key's line can be compared even when the service swallows it.
const Module = require('node:module');
const load = Module._load;
const seen = new WeakSet();

function print(error) {
  if (error !== null && typeof error === 'object' && !seen.has(error)) {
    seen.add(error);
    process.stderr.write(`\n@stack ${error.status ?? error.statusCode ?? ''}|${String(error.stack).replace(/\n/g, '\\n')}\n`);
  }
}

Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  const prototype = typeof loaded === 'function' ? loaded.prototype : undefined;
  for (const name of ['handleError', 'handle_error']) {
    const original = prototype && Object.hasOwn(prototype, name) ? prototype[name] : undefined;
    if (typeof original === 'function' && !original.isWrapped) {
      prototype[name] = function (error, req, res, next) {
        print(error);
        return original.call(this, error, req, res, next);
      };
      prototype[name].isWrapped = true;
    }
  }
  return loaded;
};
