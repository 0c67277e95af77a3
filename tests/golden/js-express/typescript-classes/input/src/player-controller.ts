import type { Request, Response } from 'express';
import type { Resource } from './mount';

export class PlayerController implements Resource {
  constructor(private readonly players: string[]) {}

  list = (_req: Request, res: Response): void => {
    res.json(this.players);
  };

  show(req: Request<{ id: string }>, res: Response): void {
    res.json(this.players[Number(req.params.id)] ?? null);
  }
}
