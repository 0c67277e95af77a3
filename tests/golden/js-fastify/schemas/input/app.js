const app = require("fastify")();

app.addSchema({ $id: "address", type: "object", required: ["city"], properties: { city: { type: "string" }, zip: { type: "string", pattern: "^[0-9]{5}$" } } });

const person = {
  type: "object",
  required: ["name", "home"],
  additionalProperties: false,
  properties: { name: { type: "string", minLength: 1 }, age: { type: "integer", minimum: 0 }, home: { $ref: "address#" }, tags: { type: "array", items: { type: "string" }, maxItems: 5 } },
};

app.post("/people", { schema: { body: person, response: { 201: { type: "object", properties: { id: { type: "integer" } } }, 409: { type: "object", properties: { message: { type: "string" } } } } } }, async (request, reply) => {
  reply.code(201);
  return { id: 1, secret: request.body.home.city.trim() };
});

app.get("/people", { schema: { querystring: { page: { type: "integer", minimum: 1 }, sort: { type: "string", enum: ["name", "age"] } }, headers: { type: "object", required: ["x-tenant"], properties: { "x-tenant": { type: "string" } } } } }, async (request) => {
  return { page: request.query.page.toFixed(0), tenant: request.headers["x-tenant"] };
});

app.get("/people/:id", { schema: { params: { type: "object", properties: { id: { type: "integer" } } }, response: { "2xx": { type: "object", properties: { id: { type: "integer" }, name: { type: "string" } } } } } }, async (request) => ({
  id: request.params.id,
}));

app.listen({ port: 3000 });
