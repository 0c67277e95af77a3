const express = require('express');
const { PrismaClient } = require('@prisma/client');
const app = express();
app.use(express.json());
const prisma = new PrismaClient();
app.get('/users/:name', async (req, res) => {
  const user = await prisma.user.findUniqueOrThrow({ where: { name: req.params.name } });
  const orders = await prisma.order.findMany({ where: { userId: user.id } });
  res.json({ email: user.email, orders: orders.map((order) => order.total) });
});
app.get('/emails/:name', async (req, res) => {
  const user = await prisma.user.findFirst({ where: { name: req.params.name } });
  res.json({ email: user?.email ?? null });
});
app.listen(process.env.PORT);
