const Koa = require("koa");
const Router = require("koa-router");
const bodyParser = require("koa-bodyparser");
const createError = require("http-errors");

class Conflict extends Error {
  constructor(message) {
    super(message);
    this.status = 409;
  }
}

const app = new Koa();
app.use(async (ctx, next) => {
  const start = Date.now();
  try {
    await next();
  } catch (error) {
    ctx.status = error.status || error.statusCode || 500;
    ctx.body = { message: error.message, code: ctx.status };
  } finally {
    ctx.set("x-time", String(Date.now() - start));
  }
});
app.use(bodyParser());

const router = new Router();
const names = new Set(["ann"]);
router.post("/names", async (ctx) => {
  const { name, note } = ctx.request.body;
  ctx.assert(name, 400, "name is missing");
  if (names.has(name)) throw new Conflict("taken");
  if (note && note.length > 100) throw createError(422, "long");
  ctx.status = 201;
  ctx.body = { name };
});
router.get("/names/:name", (ctx) => {
  if (!names.has(ctx.params.name)) return ctx.throw(404);
  ctx.body = { name: ctx.params.name };
});
app.use(router.routes());
app.listen(3000);
