export const autoload = false;
export default async function (fastify) {
  fastify.get("/off", async () => []);
}
