const express = require('express');
const { api, features } = require('./config');
const paths = require('./config').paths;

const app = express();
const router = express.Router();
router.get(paths.list, (req, res) => res.json([]));
if (features.search) {
  router.get('/search', (req, res) => res.json([]));
}
app.use(api.prefix, router);
app.listen(3000);
