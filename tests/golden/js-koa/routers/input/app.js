const Koa = require("koa");
const Router = require("@koa/router");
const mount = require("koa-mount");
const compose = require("koa-compose");
const books = require("./books");

const app = new Koa();
const router = new Router();

router.get("home", "/", (ctx) => {
  ctx.body = "home";
});
router.all("/echo", (ctx) => {
  ctx.body = { method: ctx.method };
});
router.get(["/a", "/b"], (ctx) => {
  ctx.body = "either";
});
router.use("/books", books.routes(), books.allowedMethods());

const v2 = new Router();
v2.prefix("/v2");
v2.get("/status", (ctx) => {
  ctx.body = { version: 2 };
});

const admin = new Koa();
const adminRouter = new Router();
adminRouter.del("/users/:id", (ctx) => {
  ctx.status = 204;
});
admin.use(adminRouter.routes());

app.use(compose([router.routes(), router.allowedMethods()]));
app.use(v2.routes());
app.use(mount("/admin", admin));
app.listen(process.env.PORT || 4000);
