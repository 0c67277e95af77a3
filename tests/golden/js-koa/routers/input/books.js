const Router = require("@koa/router");
const router = new Router({ prefix: "/shelf" });
const books = [{ id: "1", title: "one" }];

router.param("book", async (id, ctx, next) => {
  ctx.book = books.find((book) => book.id === id);
  if (!ctx.book) ctx.throw(404, "no such book");
  return next();
});
router.get("/", async (ctx) => {
  ctx.body = books;
});
// only what is behind it asks for a key
router.use(async (ctx, next) => {
  if (!ctx.get("x-key")) ctx.throw(401, "key");
  await next();
});
router.get("/:book", async (ctx) => {
  ctx.body = { title: ctx.book.title };
});

module.exports = router;
