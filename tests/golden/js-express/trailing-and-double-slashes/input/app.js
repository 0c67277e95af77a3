const express = require('express');
const app = express();
const router = express.Router();

router.get('/list/', (req, res) => res.json([]));
router.get('/', (req, res) => res.send('root'));
app.use('/lib/', router);
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
