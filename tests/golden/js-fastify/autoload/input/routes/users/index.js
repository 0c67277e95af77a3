export default async function users(fastify) {
  fastify.get("/", async () => []);
}
