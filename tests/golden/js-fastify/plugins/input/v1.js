export async function v1(fastify, options) {
  fastify.register(items, { prefix: "/items" });
  fastify.register(
    async (admin) => {
      admin.addHook("onRequest", admin.authenticate);
      admin.delete("/items/:id", async (request, reply) => {
        reply.code(204).send();
      });
    },
    { prefix: "/admin" }
  );
}

async function items(fastify) {
  fastify.get("/:id", async (request, reply) => {
    const item = fastify.store.find(request.params.id);
    return { name: item.name };
  });
}
