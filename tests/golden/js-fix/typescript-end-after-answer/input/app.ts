// Handlers that return no value end with a bare return.
import express, { Request, Response } from 'express';

const app = express();
const users = [{ id: 1, name: 'Ann' }];

app.get('/users/:id', (req: Request, res: Response): void => {
  const user = users.find((one) => one.id === Number(req.params.id));
  if (user) {
    res.json(user);
  }
  res.status(404).json({ message: 'no such user' });
});
app.get('/names/:id', (req: Request, res: Response) => {
  const user = users.find((one) => one.id === Number(req.params.id));
  if (!user) {
    res.status(404).json({ message: 'no such user' });
  }
  res.json({ name: user!.name });
});

app.listen(process.env.PORT);
