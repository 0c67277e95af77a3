import fp from "fastify-plugin";

export const store = fp(
  async function (fastify) {
    const rows = [{ id: "1", name: "first" }];
    fastify.decorate("store", {
      size: () => rows.length,
      find: (id) => rows.find((row) => row.id === id),
    });
    fastify.decorateRequest("caller", null);
    fastify.decorate("authenticate", async function (request, reply) {
      if (!request.headers.authorization) return reply.code(401).send({ error: "who are you" });
      request.caller = { token: request.headers.authorization };
    });
  },
  { name: "store" }
);
