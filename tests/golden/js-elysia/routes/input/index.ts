import { Elysia, t } from "elysia";
import { items } from "./items";

const auth = new Elysia().derive({ as: "global" }, ({ headers }) => ({ token: headers["x-token"] }));

const app = new Elysia()
  .use(auth)
  .get("/", () => "hello")
  .get("/health", { ok: true })
  .group("/api", (api) => api.use(items).get("/version", () => ({ version: "1" })))
  .post("/echo", ({ body, set }) => {
    set.status = 202;
    return body;
  }, { body: t.Object({ text: t.String({ minLength: 1 }), times: t.Optional(t.Number()) }) })
  .listen(3000);
