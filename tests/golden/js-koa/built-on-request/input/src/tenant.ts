import Koa from 'koa';
import mount from 'koa-mount';
import initApis from './init.js';
export default class Tenant {
  static async create(id: string): Promise<Tenant> {
    return new Tenant(id);
  }
  public readonly run;
  private constructor(public readonly id: string) {
    const app = new Koa();
    app.use(mount('/api', initApis({ id })));
    this.run = mount('/' , app);
  }
}
