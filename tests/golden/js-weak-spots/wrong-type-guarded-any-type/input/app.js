const express = require('express');
const app = express();
app.use(express.json());

app.post('/echo', (req, res) => {
  const { value, count, name } = req.body ?? {};
  res.json({
    number: Number.parseInt(count, 10),
    equal: value === 'x',
    known: ['a', 'b'].includes(name),
    list: Array.isArray(value),
    json: JSON.stringify(value),
  });
});
app.get('/length', (req, res) => {
  res.json({ length: (req.query.q ?? '').length });
});
app.listen(process.env.PORT);
