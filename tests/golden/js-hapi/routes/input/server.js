"use strict";

const Hapi = require("@hapi/hapi");
const Boom = require("@hapi/boom");
const Joi = require("joi");
const items = require("./plugins/items");

const init = async () => {
  const server = Hapi.server({ port: 3000 });

  server.auth.scheme("token", () => ({
    authenticate(request, h) {
      const token = request.headers["x-token"];
      if (!token) throw Boom.unauthorized("token");
      return h.authenticated({ credentials: { name: token } });
    },
  }));
  server.auth.strategy("default", "token");

  await server.register({ plugin: items, routes: { prefix: "/api" } });

  server.route([
    { method: "GET", path: "/health", handler: () => "ok" },
    {
      method: ["PUT", "PATCH"],
      path: "/profile/{id}/{tab?}",
      options: {
        auth: "default",
        validate: { payload: { name: Joi.string().min(2).required(), age: Joi.number().integer() }, params: Joi.object({ id: Joi.number().required(), tab: Joi.string() }) },
        handler: (request, h) => h.response({ id: request.params.id, name: request.payload.name.trim() }).code(202),
      },
    },
    { method: "GET", path: "/old", handler: (request, h) => h.redirect("/health") },
    { method: "GET", path: "/files/{rest*}", handler: (request) => ({ rest: request.params.rest }) },
  ]);

  await server.start();
};

init();
