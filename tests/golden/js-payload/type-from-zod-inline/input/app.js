const express = require('express');
const { z } = require('zod');
const app = express();
app.use(express.json());

const tag = z.enum(['red', 'blue']);

app.post('/notes', (req, res) => {
  const shape = { title: z.string().trim().min(1), tags: tag.array().optional() };
  const body = z.object({ ...shape, pages: z.number().default(1), words: z.string().transform((v) => v.split(' ')) }).parse(req.body);
  res.status(201).json({ pages: body.pages.toFixed(0), words: body.words.length, ghost: body.ghost });
});

const range = z.object({ from: z.coerce.date(), to: z.coerce.date().optional() });
app.get('/days', async (req, res) => {
  const { from, to } = await range.parseAsync(req.query);
  res.json({ from: from.toISOString(), to: to?.getTime() });
});
app.listen(3000);
