import Koa from 'koa';
import Router from 'koa-router';
function routes<T>(...[router, { id }]: any) {
  router.get('/things/:id', async (ctx, next) => { ctx.body = { a: ctx.params.id, id }; return next(); });
}
export default function initApis(tenant: any): Koa {
  const app = new Koa();
  const router = new Router();
  routes(router, tenant);
  app.use(router.routes()).use(router.allowedMethods());
  return app;
}
