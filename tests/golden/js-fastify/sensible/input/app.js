const fastify = require("fastify")();
fastify.register(require("@fastify/sensible"));
fastify.register(require("@fastify/jwt"), { secret: "x" });
fastify.register(require("@fastify/auth"));
fastify.decorate("token", async function (request, reply) {
  try {
    await request.jwtVerify();
  } catch (error) {
    throw fastify.httpErrors.unauthorized("no token");
  }
});
const rooms = new Map([["a", { name: "a" }]]);

fastify.after(() => {
  fastify.get("/rooms/:id", { onRequest: [fastify.token] }, async (request, reply) => {
    const room = rooms.get(request.params.id);
    if (!room) throw fastify.httpErrors.notFound("no such room");
    return room;
  });
  fastify.get("/open/:id", async (request, reply) => {
    const room = rooms.get(request.params.id);
    if (!room) return reply.notFound();
    return room;
  });
  fastify.post("/rooms", { preHandler: fastify.auth([fastify.token]) }, async (request, reply) => {
    fastify.assert(request.query.force, 400, "force");
    return { made: true };
  });
});
fastify.listen({ port: 3000 });
