const express = require('express');
const app = express();
const SORTS = ['name', 'price'];
const views = { list: 1, grid: 2 };

app.get('/items', (req, res) => {
  const { order, sort, mode, view = 'list' } = req.query;
  if (order !== undefined && order !== 'asc' && order !== 'desc') {
    return res.status(400).json({ error: 'order' });
  }
  if (!SORTS.includes(sort)) {
    return res.status(400).json({ error: 'sort' });
  }
  switch (mode) {
    case 'full':
    case 'short':
      break;
    default:
      return res.status(400).json({ error: 'mode' });
  }
  if (!Object.hasOwn(views, view)) {
    return res.status(400).json({ error: 'view' });
  }
  res.json({ order, sort, mode, view });
});
app.listen(3000);
