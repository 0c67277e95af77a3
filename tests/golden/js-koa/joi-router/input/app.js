const Koa = require("koa");
const router = require("koa-joi-router");
const Joi = router.Joi;
const users = router();

users.prefix("/users");
users.route({
  method: "post",
  path: "/",
  validate: {
    type: "json",
    body: Joi.object({ name: Joi.string().max(50).required(), age: Joi.number().integer() }),
    output: { 201: { body: Joi.object({ id: Joi.string().required() }) } },
  },
  handler: async (ctx) => {
    ctx.status = 201;
    ctx.body = { id: ctx.request.body.name.toLowerCase() };
  },
});
users.get("/:id", { validate: { params: { id: Joi.string().guid() } } }, async (ctx) => {
  ctx.body = { id: ctx.params.id };
});

const app = new Koa();
app.use(users.middleware());
app.listen(3000);
