import express from 'express';
import { PrismaClient } from '@prisma/client';

const globals = globalThis as unknown as { prisma?: PrismaClient };
const prisma = globals.prisma ?? new PrismaClient();
const publicUser = { id: true, email: true };
const app = express();
app.use(express.json());

app.get('/users', async (req, res) => { res.json(await prisma.user.findMany()); });
app.post('/users', async (req, res) => { const user = await prisma.user.create({ data: req.body }); res.status(201).json(user); });
app.put('/users/:id', async (req, res) => { res.json(await prisma.user.update({ where: { id: Number(req.params.id) }, data: req.body })); });
app.get('/users/:id', async (req, res) => {
  const user = await prisma.user.findUnique({ where: { id: Number(req.params.id) }, include: { posts: true } });
  if (!user) return res.status(404).json({ message: 'no such user' });
  res.json(user);
});
app.get('/short', async (req, res) => { res.json(await prisma.user.findMany({ select: { ...publicUser, posts: { select: { title: true } } } })); });
app.get('/without', async (req, res) => { res.json(await prisma.user.findMany({ omit: { email: true, role: true } })); });
app.get('/posts', async (req, res) => { res.json(await prisma.post.findMany({ include: { author: { select: publicUser } } })); });
app.post('/posts', async (req, res) => {
  const { title, authorId, tags } = req.body;
  const post = await prisma.post.create({ data: { title, authorId, tags } });
  res.status(201).json(post);
});
app.get('/some/:what', async (req, res) => { res.json(await prisma.post.findMany({ select: JSON.parse(req.params.what) })); });
app.get('/unknown', async (req, res) => { res.json(await prisma.nothing.findMany()); });
app.get('/roles/:id', async (req, res) => {
  const user = await prisma.user.findFirst({ where: { id: Number(req.params.id) } });
  res.json({ role: user.role });
});
app.listen(3000);
