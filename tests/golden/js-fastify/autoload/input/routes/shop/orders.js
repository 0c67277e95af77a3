export const autoPrefix = "/orders";
export default async function (fastify) {
  fastify.post("/", async (request, reply) => reply.code(202).send({ queued: true }));
}
