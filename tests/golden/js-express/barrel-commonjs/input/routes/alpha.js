const router = require('express').Router();
module.exports = router.get('/one', (req, res) => res.send('1'));
