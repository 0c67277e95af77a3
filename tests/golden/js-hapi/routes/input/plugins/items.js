const Boom = require("@hapi/boom");
const Joi = require("joi");

const items = new Map();

const load = async (request) => {
  const item = items.get(request.params.id);
  if (!item) throw Boom.notFound("item");
  return item;
};

exports.plugin = {
  name: "items",
  register: async function (server) {
    server.route({
      method: "GET",
      path: "/items",
      options: {
        validate: { query: Joi.object({ page: Joi.number().integer().min(1).default(1) }) },
        response: { schema: Joi.array().items(Joi.object({ id: Joi.string().required(), name: Joi.string() })) },
      },
      handler: (request) => [...items.values()],
    });

    server.route({ method: "GET", path: "/items/{id}", options: { pre: [{ method: load, assign: "item" }] }, handler: (request) => ({ name: request.pre.item.name }) });

    server.route({
      method: "DELETE",
      path: "/items/{id}",
      handler: async (request, h) => {
        const item = items.get(request.params.id);
        items.delete(item.id);
        return h.response().code(204);
      },
    });

    server.route({
      method: "POST",
      path: "/items",
      handler: (request) => {
        if (items.has(request.payload.id)) return Boom.conflict("there is one");
        items.set(request.payload.id, { id: request.payload.id, name: request.payload.label.text });
        return { id: request.payload.id };
      },
    });
  },
};
