const Fastify = require("fastify");
const list = require("./list");
const app = Fastify({ logger: true });

app.get("/ping", () => ({ pong: true }));
app.get("/files/*", async (request) => request.params["*"]);
app.post("/notes", { bodyLimit: 1024 }, async (request, reply) => reply.code(201).send({ text: request.body.text }));
app.route({ method: "PUT", url: "/notes/:id", handler: async (request) => ({ id: request.params.id }) });
app.route({ method: ["GET", "DELETE"], url: "/notes/:id", handler: one });
app.all("/any", (request, reply) => reply.send("any"));
for (const word of ["red", "blue"]) app.get(`/colours/${word}`, async () => word);
app.register(list, { prefix: "/lists" });

async function one(request, reply) {
  reply.status(request.method === "GET" ? 200 : 204);
  return { id: request.params.id };
}

const start = async () => {
  try {
    await app.listen({ port: process.env.PORT || 3000, host: "0.0.0.0" });
  } catch (error) {
    app.log.error(error);
    process.exit(1);
  }
};
start();
