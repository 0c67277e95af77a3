const app = require("fastify")();
const createError = require("http-errors");

class Missing extends Error {
  constructor(what) {
    super(`${what} is missing`);
    this.statusCode = 404;
  }
}

app.get("/plain/:id", async (request) => {
  if (request.params.id.length > 3) throw new Missing(request.params.id);
  return { id: request.params.id };
});
app.get("/sent/:id", async (request, reply) => {
  if (request.params.id === "0") return reply.send(createError(409, "taken"));
  if (request.params.id === "1") return createError.Gone("gone");
  return { id: request.params.id };
});
app.register(async (shaped) => {
  shaped.setErrorHandler((error, request, reply) => {
    const status = error.statusCode || 500;
    reply.status(status).send({ problem: error.message });
  });
  shaped.get("/shaped/:id", { schema: { querystring: { type: "object", required: ["q"], properties: { q: { type: "string" } } } } }, async (request) => {
    if (request.params.id === "0") throw new Missing("shaped");
    return { id: request.params.id };
  });
});
app.register(async (silent) => {
  silent.setErrorHandler(function (error, request, reply) {
    this.log.error(error);
    error.message = "sorry";
    reply.send(error);
  });
  silent.get("/silent/:id", async (request) => {
    const rows = [{ id: "a", name: "b" }];
    return { name: rows.find((row) => row.id === request.params.id).name };
  });
});
app.listen({ port: 3000 });
