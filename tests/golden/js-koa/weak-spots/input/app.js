const Koa = require("koa");
const Router = require("@koa/router");
const bodyParser = require("koa-bodyparser");
const router = new Router();
const rows = new Map([["1", { name: "one" }]]);

router.get("/rows/:id", (ctx) => {
  const row = rows.get(ctx.params.id);
  ctx.body = { name: row.name };
});
router.get("/checked/:id", (ctx) => {
  const row = rows.get(ctx.params.id);
  if (!row) {
    ctx.status = 404;
    return;
  }
  ctx.body = { name: row.name };
});
router.get("/asserted/:id", (ctx) => {
  const row = rows.get(ctx.params.id);
  ctx.assert(row, 404, "no such row");
  ctx.body = { name: row.name };
});
router.post("/rows", (ctx) => {
  ctx.status = 201;
  ctx.body = { length: ctx.request.body.tags.length };
});

const app = new Koa();
app.use(bodyParser());
app.use(router.routes());
app.listen(3000);
