import Koa, { Context } from "koa";
import Router from "@koa/router";
import { koaBody } from "koa-body";

const app = new Koa();
const router = new Router();

interface Order {
  sku: string;
  count: number;
}

router.post("/orders", koaBody(), async (ctx: Context) => {
  const order = ctx.request.body as Order;
  if (order.count > 10) {
    ctx.status = 422;
    ctx.body = { error: "too many" };
    return;
  }
  ctx.body = { sku: order.sku };
  ctx.status = 201;
});
router.get("/orders", (ctx) => {
  const page = Number(ctx.query.page) || 1;
  ctx.response.body = { page, session: ctx.cookies.get("sid"), language: ctx.get("X-Language") };
});
router.delete("/orders/:id", (ctx) => {
  ctx.body = null;
});
router.get("/old", (ctx) => ctx.redirect("/orders"));
router.get("/text", (ctx) => {
  ctx.body = `hello ${ctx.query.name}`;
});

app.use(router.routes());
app.listen(3000);
