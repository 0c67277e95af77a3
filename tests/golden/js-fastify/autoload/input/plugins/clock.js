import fp from "fastify-plugin";

export default fp(async (fastify) => {
  fastify.decorate("clock", () => new Date().toISOString());
});
