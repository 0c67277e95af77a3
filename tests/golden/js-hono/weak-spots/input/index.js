import { Hono } from "hono";

const app = new Hono();
const rows = new Map([["1", { name: "one" }]]);

app.get("/rows/:id", (c) => {
  const row = rows.get(c.req.param("id"));
  return c.json({ name: row.name });
});
app.get("/checked/:id", (c) => {
  const row = rows.get(c.req.param("id"));
  if (!row) return c.notFound();
  return c.json({ name: row.name });
});
app.post("/rows", async (c) => {
  const body = await c.req.json();
  return c.json({ length: body.tags.length }, 201);
});
app.get("/search", (c) => {
  const pattern = new RegExp(c.req.query("q"));
  return c.json([...rows.values()].filter((row) => pattern.test(row.name)));
});

export default app;
