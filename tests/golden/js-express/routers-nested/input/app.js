const express = require('express');
const app = express();

const api = express.Router();
const shops = express.Router();
const staff = express.Router({ mergeParams: true });

staff.get('/', (req, res) => res.json([req.params.shopId]));
staff.delete('/:personId', (req, res) => res.sendStatus(204));
shops.get('/:shopId', (req, res) => res.json({}));
shops.use('/:shopId/staff', staff);
api.use('/shops', shops);
app.use('/api/v2', api);

app.listen(3000);
