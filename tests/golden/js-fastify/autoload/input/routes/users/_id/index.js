export default async function user(fastify) {
  fastify.get("/", async (request) => ({ id: request.params.id }));
}
