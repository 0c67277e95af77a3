// Source: hono.dev/docs/middleware/builtin/jwt.
const { HTTPException, caller } = require("hono/native");

function jwt() {
  return async function (context, next) {
    const header = context.req.header("Authorization");
    if (!header) throw new HTTPException(401);
    context.set("jwtPayload", caller(header));
    await next();
  };
}

module.exports = { jwt };
