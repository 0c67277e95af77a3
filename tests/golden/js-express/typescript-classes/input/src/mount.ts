import { Router, type Application, type RequestHandler } from 'express';

export interface Resource {
  readonly list: RequestHandler;
  show(...args: Parameters<RequestHandler>): void;
}

export function mount(app: Application, path: string, resource: Resource): void {
  const router: Router = Router();
  router.get('/', resource.list);
  router.get('/:id', resource.show.bind(resource));
  app.use(path as string, router);
}
