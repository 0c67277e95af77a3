import express, { Request, Response } from 'express';

const app = express();

class SearchController {
  find(req: Request, res: Response): void {
    const q = req.query.q as string;
    res.json({ term: q.trim() });
  }
}

const controller = new SearchController();
app.get('/search', controller.find);
app.listen(process.env.PORT);
