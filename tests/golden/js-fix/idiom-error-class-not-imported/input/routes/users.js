const router = require('express').Router();
const users = [{ id: '1', name: 'Kim' }];

router.get('/:id', (req, res) => {
  const user = users.find((u) => u.id === req.params.id);
  res.json({ name: user.name });
});

module.exports = router;
