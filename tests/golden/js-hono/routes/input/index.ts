import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { logger } from "hono/logger";
import { books } from "./books";

const app = new Hono();
app.use(logger());
app.use("/admin/*", bearerAuth({ token: "t" }));

app.get("/", (c) => c.text("hello"));
app
  .get("/items", (c) => c.json([{ id: 1 }]))
  .post((c) => c.json({ id: 2 }, 201))
  .put("/items/:id{[0-9]+}", (c) => c.json({ id: Number(c.req.param("id")) }));
app.on(["PUT", "DELETE"], "/both", (c) => c.body(null, 204));
app.get("/admin/stats", (c) => c.json({ visits: 1, page: c.req.query("page"), agent: c.req.header("X-Agent") }));
app.get("/raw", () => new Response("raw"));
app.get("/gone", () => new Response(null, { status: 410 }));
app.get("/old", (c) => c.redirect("/items", 301));
app.route("/books", books);

const api = new Hono().basePath("/api/v1");
api.get("/status", (c) => {
  c.status(202);
  return c.json({ ok: true });
});
app.route("/", api);

serve({ fetch: app.fetch, port: Number(process.env.PORT) || 8787 });
