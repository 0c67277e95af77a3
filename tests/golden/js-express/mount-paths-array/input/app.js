const express = require('express');
const app = express();
const router = express.Router();

router.get('/hello', (req, res) => res.send('hello'));
app.use(['/v1', '/latest'], router);
app.listen(3000);
