import express from 'express';

interface Section {
  path: string;
}

export class App {
  public readonly app: express.Application = express();

  constructor(sections: Section[]) {
    this.middleware();
    this.routes(sections);
  }

  private middleware(): void {
    this.app.use(express.json());
  }

  private routes(sections: Section[]): void {
    sections.forEach(({ path }) => this.app.use(path, this.section()));
    this.app.get('/status', this.status);
  }

  private section(): express.Router {
    const router = express.Router();
    router.get('/tracks', (_req, res) => void res.json([]));
    return router;
  }

  private status(_req: express.Request, res: express.Response): void {
    res.json({ ok: true });
  }

  listen(port: number): void {
    this.app.listen(port);
  }
}
