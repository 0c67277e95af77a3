// Source: hono.dev/docs/middleware/builtin/bearer-auth.
const { HTTPException } = require("hono/native");

function bearerAuth() {
  return async function (context, next) {
    if (!context.req.header("Authorization")) throw new HTTPException(401);
    await next();
  };
}

module.exports = { bearerAuth };
