import express, { Request, Response } from 'express';

type Level = 'low' | 'high';

interface Person {
  name: string;
  age?: number;
}

interface CreateTicket {
  title: string;
  level: Level;
  owner: Person;
  watchers?: Person[];
  tags: string[];
  urgent: boolean;
  due: string | null;
}

interface ListQuery {
  page?: string;
}

const app = express();
app.use(express.json());

app.post('/tickets', (req: Request<unknown, unknown, CreateTicket>, res: Response) => {
  res.status(201).json(req.body);
});
app.get('/tickets', (req: Request<unknown, unknown, unknown, ListQuery>, res: Response) => {
  res.json({ page: req.query.page ?? '1' });
});
app.put('/tickets/:id/owner', (req: Request<{ id: string }>, res: Response) => {
  const owner = req.body as Person;
  res.json({ id: req.params.id, owner: owner.name });
});
app.listen(3000);
