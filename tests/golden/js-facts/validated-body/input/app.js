const express = require('express')
const { z } = require('zod')
const app = express()
app.use(express.json())

const Order = z.object({
  customer: z.object({ email: z.string().email(), name: z.string().min(1).optional() }),
  kind: z.enum(['gift', 'sale']),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number().int().min(1).max(99) })).min(1),
})

app.post('/orders', (req, res) => {
  const result = Order.safeParse(req.body)
  if (!result.success) return res.status(422).json({ issues: [] })
  res.status(201).json({ email: result.data.customer.email })
})

app.listen(3000)
