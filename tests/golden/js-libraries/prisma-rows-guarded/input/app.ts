import express from 'express';
import { PrismaClient } from '@prisma/client';

class Db extends PrismaClient {
  constructor() { super({ log: ['warn'] }); }
}
const prisma = new Db();
const app = express();
app.use(express.json());

// dates are dates, whatever they are in JSON; relations that were asked for are there
app.get('/users/:id', async (req, res) => {
  const user = await prisma.user.findUniqueOrThrow({ where: { id: Number(req.params.id) }, include: { posts: true } });
  const since = user.createdAt.toISOString().slice(0, 10);
  const age = Date.now() - user.updatedAt.getTime();
  res.json({ since, age, name: user.name?.trim() ?? '', posts: user.posts.map((post) => post.title.toUpperCase()), first: user.posts.length });
});
app.get('/posts', async (req, res) => {
  const posts = await prisma.post.findMany({ include: { author: true }, orderBy: { id: 'asc' } });
  res.json(posts.map((post) => ({ title: post.title, by: post.author.email.split('@')[0], meta: (post.meta as any).kind, tags: post.tags.join(',') })));
});
app.get('/counts', async (req, res) => {
  const users = await prisma.user.findMany({ include: { _count: { select: { posts: true } } } });
  res.json(users.map((user) => ({ id: user.id.toString(), posts: user._count.posts.toFixed(0) })));
});
app.listen(3000);
