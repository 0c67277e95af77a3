const router = require('express').Router();

router.get('/orphan', (req, res) => res.send('orphan'));
module.exports = router;
