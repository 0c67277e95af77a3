import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";

class Taken extends HTTPException {
  constructor(name: string) {
    super(409, { message: `${name} is taken` });
  }
}

const shaped = new Hono();
shaped.onError((error, c) => {
  if (error instanceof HTTPException) return c.json({ problem: error.message }, error.status);
  return c.json({ problem: "internal" }, 500);
});
shaped.get("/names/:name", (c) => {
  if (c.req.param("name") === "ann") throw new Taken("ann");
  return c.json({ name: c.req.param("name") });
});

const tenant = createMiddleware(async (c, next) => {
  const id = c.req.header("x-tenant");
  if (!id) return c.json({ error: "no tenant" }, 400);
  c.set("tenant", { id });
  await next();
});

const app = new Hono();
app.use(async (c, next) => {
  try {
    await next();
  } catch (error) {
    return c.text("never", 418);
  }
});
app.route("/shaped", shaped);
app.get("/plain/:id", tenant, async (c) => {
  if (c.req.param("id") === "0") throw new HTTPException(404, { message: "none" });
  return c.json({ tenant: c.get("tenant").id });
});
export default app;
