// No value is returned: then the inferred result type is void, and a returned answer would not fit the framework's types.
import express, { Request, Response, NextFunction } from 'express';

const app = express();
app.use(express.json());

async function create(req: Request, res: Response, next: NextFunction) {
  try {
    const user = req.body;
    res.status(201).json({ name: user.name });
  } catch (error) {
    next(error);
  }
}

app.post('/users', create);
app.listen(process.env.PORT);
