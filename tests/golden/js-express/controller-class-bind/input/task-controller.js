class TaskController {
  constructor(store) {
    this.store = store;
    this.create = this.create.bind(this);
  }

  static about(req, res) {
    res.send('tasks');
  }

  list(req, res) {
    res.json([...this.store.values()]);
  }

  show(req, res) {
    res.json(this.store.get(req.params.id) ?? null);
  }

  create(req, res) {
    res.status(201).json({ size: this.store.size });
  }
}

module.exports = TaskController;
