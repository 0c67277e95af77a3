import express from 'express';
import { PrismaClient } from '@prisma/client';

const app = express();
const prisma = new PrismaClient();

app.get('/users/:name', async (req, res) => {
  const user = (await prisma.user.findUnique({ where: { name: req.params.name } }))!;
  res.json({ email: user.email });
});
app.listen(process.env.PORT);
