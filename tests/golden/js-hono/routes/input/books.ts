import { Hono } from "hono";

export const books = new Hono();
books.get("/", (c) => c.json({ books: [] }));
books.get("/:isbn", (c) => {
  const { isbn } = c.req.param();
  return c.json({ isbn });
});
