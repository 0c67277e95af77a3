import Koa from 'koa';
import Tenant from './tenant.js';
const app = new Koa();
app.use(async (ctx, next) => {
  const tenant = await Tenant.create(ctx.path);
  await tenant.run(ctx, next);
});
app.listen(3000);
