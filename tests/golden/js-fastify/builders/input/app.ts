import Fastify, { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Static, Type } from "@sinclair/typebox";
import { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { ZodTypeProvider } from "fastify-type-provider-zod";
import S from "fluent-json-schema";
import { z } from "zod";

const app: FastifyInstance = Fastify().withTypeProvider<TypeBoxTypeProvider>();

const User = Type.Object(
  {
    name: Type.String({ minLength: 2 }),
    mail: Type.Optional(Type.String({ format: "email" })),
    role: Type.Union([Type.Literal("admin"), Type.Literal("guest")]),
    scores: Type.Array(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false }
);
type UserType = Static<typeof User>;

app.post<{ Body: UserType }>("/typebox", { schema: { body: User, response: { 200: Type.Pick(User, ["name"]) } } }, async (request, reply) => request.body);
app.patch("/typebox", { schema: { body: Type.Partial(User) } }, async (request) => ({ length: request.body.name.length }));

app.post("/fluent", {
  schema: {
    body: S.object()
      .prop("title", S.string().minLength(1).required())
      .prop("author", S.object().prop("name", S.string().required()).prop("age", S.integer().minimum(1)))
      .required(["author"])
      .prop("kind", S.string().enum(["book", "film"]).default("book")),
    querystring: S.object().prop("dry", S.boolean()),
  },
  handler: async (request: FastifyRequest, reply: FastifyReply) => reply.code(201).send({ ok: true }),
});

app.withTypeProvider<ZodTypeProvider>().route({
  method: "POST",
  url: "/zod",
  schema: { body: z.object({ count: z.number().int().positive(), note: z.string().max(10).optional() }), response: { 200: z.object({ count: z.number() }) } },
  handler: async (request, reply) => ({ count: request.body.count }),
});

interface Search {
  Querystring: { text: string; page?: number };
  Params: { shelf: string };
}
app.get<Search>("/typed/:shelf", async (request: FastifyRequest<Search>, reply) => ({ text: request.query.text }));

app.listen({ port: 3000 });
