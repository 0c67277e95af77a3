// A method that is sought in a constant list: the answer is for those alone.
const Koa = require("koa"); const Router = require("@koa/router");
const app = new Koa(); const router = new Router();
function etag(methods = ['GET']) { return async (ctx, next) => { await next(); if (methods.includes(ctx.method) && ctx.body) { if (ctx.fresh) { ctx.status = 304; ctx.body = null; } } }; }
app.use(etag());
router.delete('/a', async (ctx) => { ctx.body = { a: 1 }; });
router.get('/a', async (ctx) => { ctx.body = { a: 1 }; });
app.use(router.routes()); app.listen(3000);
