import express from 'express';

class Resource {
  constructor(name) {
    this.name = name;
    this.router = express.Router();
    this.register();
  }

  register() {
    this.router.get('/', this.list);
    this.router.get('/:id', this.show);
  }

  list = (req, res) => res.json({ kind: this.name });
  show = (req, res) => res.json({ kind: this.name, id: req.params.id });
}

class Writable extends Resource {
  register() {
    super.register();
    this.router.post('/', this.create);
  }

  create(req, res) {
    res.status(201).end();
  }
}

const app = express();
app.use('/ports', new Resource('port').router);
app.use('/ships', new Writable('ship').router);
app.listen(3000);
