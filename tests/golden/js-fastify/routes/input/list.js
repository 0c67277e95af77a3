module.exports = function (fastify, options, done) {
  fastify.get("/", async (request, reply) => [{ name: "a", total: 1 }]);
  fastify.get("/:name", (request, reply) => {
    reply.header("x-name", request.params.name).send({ name: request.params.name });
  });
  done();
};
