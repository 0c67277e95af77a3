import { zValidator } from "@hono/zod-validator";
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";

const app = new OpenAPIHono();
const Post = z.object({ title: z.string().min(1), tags: z.array(z.string()).optional() });

app.post("/posts", zValidator("json", Post), zValidator("query", z.object({ draft: z.enum(["yes", "no"]).optional() })), async (c) => {
  const post = c.req.valid("json");
  const { draft } = c.req.valid("query");
  return c.json({ title: post.title.trim(), first: post.tags[0], draft }, 201);
});

const show = createRoute({
  method: "get",
  path: "/users/{id}",
  request: { params: z.object({ id: z.string().uuid() }), query: z.object({ full: z.coerce.boolean().optional() }) },
  responses: {
    200: { content: { "application/json": { schema: z.object({ id: z.string(), name: z.string() }) } }, description: "the user" },
    404: { content: { "application/json": { schema: z.object({ message: z.string() }) } }, description: "none" },
  },
});
app.openapi(show, (c) => {
  const { id } = c.req.valid("param");
  if (id.startsWith("0")) return c.json({ message: "none" }, 404);
  return c.json({ id, name: "a", secret: 1 });
});
app.doc("/doc", { openapi: "3.0.0", info: { version: "1", title: "t" } });

export default app;
