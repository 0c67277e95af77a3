import express, { Request, Response } from 'express';

interface CreateTrip {
  from: string;
  traveller: { name: string };
}

const app = express();
app.use(express.json());

app.post('/trips', (req: Request<object, unknown, CreateTrip>, res: Response) => {
  const { traveller } = req.body;
  res.status(201).json({ name: traveller!.name });
});
app.listen(process.env.PORT);
