import Fastify from "fastify";
import { store } from "./store.js";
import { v1 } from "./v1.js";

export function build() {
  const app = Fastify();
  app.register(store);
  app.register(v1, { prefix: "/v1" });
  app.get("/health", async function () {
    return { size: this.store.size() };
  });
  return app;
}

const app = build();
await app.ready();
await app.listen({ port: 8080 });
