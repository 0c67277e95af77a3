const express = require('express');
const { z } = require('zod');
const app = express();
app.use(express.json());

const Coupon = z.object({ code: z.string(), uses: z.number().optional() });

app.post('/coupons', (req, res) => {
  const parsed = Coupon.safeParse(req.body);
  if (!parsed.success) {
    return res.status(400).json({ error: 'bad coupon' });
  }
  const { code, uses = 1 } = parsed.data;
  res.status(201).json({ code: code.toUpperCase(), uses: uses.toFixed(0) });
});
app.listen(process.env.PORT);
