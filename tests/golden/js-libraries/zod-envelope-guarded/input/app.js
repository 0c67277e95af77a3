const express = require('express');
const { z } = require('zod');
const app = express();
app.use(express.json());
const validate = (schema) => async (req, res, next) => {
  try {
    await schema.parseAsync({ body: req.body, query: req.query, params: req.params });
    next();
  } catch (error) {
    return res.status(400).json(error);
  }
};
const Task = z.object({ body: z.object({ description: z.string().min(1), done: z.boolean().optional() }) });
const Id = z.object({ params: z.object({ id: z.string() }) });
const ToId = Id.transform(({ params }) => ({ id: Number(params.id) }));
app.post('/a', validate(Task), (req, res) => res.json({ text: req.body.description.trim() }));
app.delete('/a/:id', validate(Id), (req, res) => { const { id } = ToId.parse(req); res.json({ id }); });
app.put('/a/:id', (req, res) => {
  const checked = Task.safeParse({ body: req.body });
  if (!checked.success) return res.status(400).json(checked.error);
  res.json({ text: req.body.description.trim() });
});
app.listen(3000);
