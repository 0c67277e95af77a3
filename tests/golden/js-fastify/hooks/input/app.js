const app = require("fastify")();

app.addHook("onRequest", (request, reply, done) => {
  if (request.headers["x-key"] !== "secret") {
    reply.code(403).send({ error: "key" });
    return;
  }
  done();
});

const limited = async (request, reply) => {
  if (request.query.limit && Number(request.query.limit) > 100) {
    reply.code(400);
    throw Object.assign(new Error("too many"), { statusCode: 400 });
  }
};

// behind validation: the body is there, and has a name
const named = (request, reply, done) => {
  request.slug = request.body.name.toLowerCase();
  done();
};

app.get("/rows", { preHandler: [limited] }, async (request) => ({ limit: request.query.limit }));
app.post("/rows", {
  schema: { body: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
  preHandler: named,
  handler: async (request, reply) => ({ slug: request.slug }),
});
// in front of it nothing is known of the body
app.post("/early", {
  schema: { body: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
  preValidation: named,
  handler: async (request, reply) => ({ slug: request.slug }),
});

app.listen({ port: 3000 });
