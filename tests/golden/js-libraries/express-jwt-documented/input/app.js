const express = require('express');
const expressJwt = require('express-jwt');
const app = express();
const router = express.Router();
router.route('/random').get(expressJwt({ secret: 'x' }), (req, res) => res.json({ user: req.user, n: 1 }));
router.get('/b', expressJwt({ secret: 'x' }), (req, res) => res.json({ name: req.user.name.trim() }));
app.use(router);
app.listen(3000);
