import { Request, Response } from 'express';
import { orders } from './orders';

export class OrderController {
  show(req: Request, res: Response): void {
    const order = orders.find(req.params.id);
    if (!order) {
      ⟦M|res.status(404).json({ error: 'Order not found' });⟧
      return;
    }
    res.json(order);
  }

  ⟦H|lines(req: Request, res: Response): void {
    const order = orders.find(req.params.id)!;
    res.json(⟦F|⟦S|order⟧.lines⟧);
  }⟧
}
