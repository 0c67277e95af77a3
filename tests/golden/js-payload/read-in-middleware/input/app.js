const express = require('express');
const app = express();

function paging(req, res, next) {
  const { page = '1' } = req.query;
  req.page = Number(page);
  next();
}

const admin = express.Router();
admin.use((req, res, next) => {
  if (req.get('x-admin-key') === undefined) {
    return res.sendStatus(400);
  }
  next();
});
admin.get('/users', (req, res) => res.json([]));

app.get('/logs', paging, (req, res) => res.json({ page: req.page }));
app.get('/plain', (req, res) => res.json({}));
app.use('/admin', admin);
app.listen(3000);
