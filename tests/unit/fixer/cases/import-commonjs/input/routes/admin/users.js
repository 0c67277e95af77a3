const router = require('express').Router();
const users = [];

router.get('/:id', ⟦H|(req, res) => {
  const user = users.find((u) => u.id === req.params.id);
  res.json({ name: ⟦F|⟦S|user⟧.name⟧ });
}⟧);
