const Koa = require("koa");
const Router = require("@koa/router");
const jwt = require("koa-jwt");
const app = new Koa();

const open = new Router();
open.get("/open", (ctx) => {
  ctx.body = { open: true };
});
const closed = new Router();
const accounts = new Map([["1", { name: "one", limit: 3 }]]);

const account = async (ctx, next) => {
  ctx.state.account = accounts.get(ctx.params.id);
  if (!ctx.state.account) {
    ctx.status = 404;
    ctx.body = { error: "no account" };
    return;
  }
  await next();
};
closed.get("/accounts/:id", account, (ctx) => {
  ctx.body = { name: ctx.state.account.name };
});
closed.get("/unchecked/:id", async (ctx, next) => {
  ctx.state.account = accounts.get(ctx.params.id);
  return next();
}, (ctx) => {
  ctx.body = { name: ctx.state.account.name };
});

app.use(open.routes());
app.use(jwt({ secret: "s" }).unless({ path: [/^\/public/] }));
app.use(closed.routes());
app.listen(3000);
