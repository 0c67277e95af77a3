import express, { Request, Response } from 'express';

interface Order {
  id: string;
  total: number;
}

const orders: Order[] = [{ id: 'a1', total: 10 }];
const app = express();

app.get('/orders/:id', (req: Request, res: Response): void => {
  const order = orders.find((o) => o.id === req.params.id);
  if (!order) {
    res.status(404).json({ error: 'order not found' });
    return;
  }
  res.json(order);
});

app.get('/orders/:id/total', (req: Request, res: Response): void => {
  const order = orders.find((o) => o.id === req.params.id)!;
  res.json({ total: order.total });
});

app.listen(process.env.PORT);
