// The annotation of a declared name or pattern claims what the body is.
import express, { Request, Response } from 'express';

interface CreateUser {
  name: string;
  email?: string;
  age: number;
}

const app = express();
app.use(express.json());

app.post('/users', (req: Request, res: Response) => {
  const data: CreateUser = req.body;
  res.status(201).json({ name: data.name });
});
app.put('/users', (req: Request, res: Response) => {
  const { name, age }: CreateUser = req.body;
  res.json({ name, age });
});
app.patch('/users', (req: Request, res: Response) => {
  const change: Partial<CreateUser> = req.body;
  res.json({ name: change.name });
});
app.listen(3000);
