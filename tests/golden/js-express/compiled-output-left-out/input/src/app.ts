import express, { Request, Response } from 'express';
const app = express();
app.get('/items', (req: Request, res: Response) => res.json([]));
app.listen(3000);
