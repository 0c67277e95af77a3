import express, { RequestHandler, Request, Response } from 'express';
interface Note { text: string; tags?: string[] }
const app = express();
app.use(express.json());
const create: RequestHandler<{ id: string }, unknown, Note, { dry?: string }> = (req, res) => { res.json(req.body); };
class C { make: RequestHandler<{}, unknown, Note> = (req, res) => { res.json(req.body); }; }
const c = new C();
app.post('/a/:id', create);
app.post('/b', c.make);
app.post('/c', (req: Request<{}, {}, Note[]>, res: Response) => { res.json(req.body.map((n) => n.text)); });
app.post('/d', (req: Request<{}, {}, { k: 'a'; a: string } | { k: 'b' }>, res: Response) => { res.json(req.body); });
app.listen(3000);
