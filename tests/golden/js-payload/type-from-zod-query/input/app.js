const express = require('express');
const { z } = require('zod');
const app = express();

const Query = z.object({
  page: z.coerce.number().int().min(1).default(1),
  sort: z.enum(['name', 'date']).optional(),
  q: z.string(),
});

app.get('/songs/:album', (req, res) => {
  const { album } = z.object({ album: z.string().uuid() }).parse(req.params);
  const query = Query.safeParse(req.query);
  if (!query.success) {
    return res.status(400).json({ error: 'bad query' });
  }
  res.json({ album, page: query.data.page, q: query.data.q });
});
app.use((err, req, res, next) => {
  res.status(err instanceof z.ZodError ? 400 : 500).json({ error: err.message });
});
app.listen(3000);
