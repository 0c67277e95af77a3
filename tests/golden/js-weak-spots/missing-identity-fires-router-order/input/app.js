const express = require('express');
const app = express();
const router = express.Router();

function requireUser(req, res, next) {
  if (req.get('authorization') !== 'secret') {
    return res.sendStatus(401);
  }
  req.user = { id: 1 };
  next();
}

router.get('/drafts', (req, res) => res.json({ owner: req.user.id, drafts: [] }));
router.use(requireUser);
router.get('/posts', (req, res) => res.json({ owner: req.user.id, posts: [] }));
app.use(router);
app.listen(process.env.PORT);
