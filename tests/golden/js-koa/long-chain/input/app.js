// More handlers than the rest is run for again: each of them still gets to the next one.
const Koa = require("koa");
const Router = require("@koa/router");
const { koaBody } = require("koa-body");

const app = new Koa();
const router = new Router();

function step(name) {
  return async (ctx, next) => {
    if (ctx.path.startsWith("/" + name)) {
      ctx.set("x-step", name);
      return next();
    }
    return next();
  };
}

app.use(koaBody());
for (const name of ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"]) app.use(step(name));

router.delete("/items/:id", async (ctx) => {
  if (!ctx.query.force) ctx.throw(409, "in use");
  ctx.status = 204;
});

router.post("/items", async (ctx) => {
  ctx.body = { name: ctx.request.body.name };
  ctx.status = 201;
});

app.use(router.routes());
app.listen(3000);
