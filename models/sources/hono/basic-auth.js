// Source: hono.dev/docs/middleware/builtin/basic-auth.
const { HTTPException } = require("hono/native");

function basicAuth() {
  return async function (context, next) {
    if (!context.req.header("Authorization")) throw new HTTPException(401);
    await next();
  };
}

module.exports = { basicAuth };
