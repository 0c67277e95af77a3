const express = require('express');
const app = express();

app.get('/search', ({ query: { q, lang = 'en' }, ...req }, res) => {
  res.json({ q, lang });
});
app.get('/find', (request, response) => {
  const query = request.query;
  const term = query.term || query['t'];
  const { from: start } = query;
  response.json({ term, start, 'user-id': request.query['user-id'] });
});
app.listen(3000);
