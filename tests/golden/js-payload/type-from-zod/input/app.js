const express = require('express');
const { z } = require('zod');
const { validate } = require('./validate');
const app = express();
app.use(express.json());

const point = z.object({ x: z.number(), y: z.number().int().optional() });
const shape = z
  .object({
    name: z.string().min(1),
    kind: z.enum(['line', 'area']),
    points: z.array(point).min(2),
    closed: z.boolean().default(false),
    note: z.string().nullable(),
  })
  .strict();

app.post('/shapes', validate(shape), (req, res) => res.status(201).json(req.body));
app.patch('/shapes/:id', validate(shape.partial().omit({ points: true })), (req, res) => res.json(req.body));
app.listen(3000);
