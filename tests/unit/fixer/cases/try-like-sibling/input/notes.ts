import { NextFunction, Request, Response } from 'express';
import { store } from './store';

export class Notes {
  async show(req: Request, res: Response, next: NextFunction): Promise<void> {
    try {
      res.json(await store.load(req.params.id));
    } catch (error) {
      res.status(500).json({ message: 'Something went wrong' });
    }
  }

  ⟦H|async history(req: Request, res: Response): Promise<void> {
    res.json(await ⟦F|store.load(req.params.id)⟧);
  }⟧
}
