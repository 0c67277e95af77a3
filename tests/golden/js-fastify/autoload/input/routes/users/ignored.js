export default async function ignored(fastify) {
  fastify.get("/ignored", async () => []);
}
