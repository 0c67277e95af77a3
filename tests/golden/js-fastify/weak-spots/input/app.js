const fastify = require("fastify")();
const items = new Map([["1", { name: "one", tags: ["a"] }]]);
const body = { type: "object", required: ["name"], properties: { name: { type: "string" }, owner: { type: "object", properties: { mail: { type: "string" } } } } };

fastify.get("/items/:id", async (request, reply) => {
  const item = items.get(request.params.id);
  return { name: item.name };
});
fastify.get("/checked/:id", async (request, reply) => {
  const item = items.get(request.params.id);
  if (!item) {
    reply.code(404);
    return { error: "no such item" };
  }
  return { name: item.name };
});
fastify.post("/items", { schema: { body } }, async (request, reply) => {
  const mail = request.body.owner.mail.toLowerCase();
  return reply.code(201).send({ mail });
});
fastify.post("/checked", { schema: { body } }, async (request, reply) => {
  return reply.code(201).send({ name: request.body.name.toLowerCase(), mail: request.body.owner?.mail?.toLowerCase() });
});
fastify.post("/open", async (request, reply) => ({ total: request.body.rows.length }));
fastify.listen({ port: 3000 });
