const fastify = require('fastify');
const app = fastify();
const zones = new Map([['local', { price: 4 }]]);

app.get('/zones/:name', async (request, reply) => {
  const zone = zones.get(request.params.name);
  if (!zone) {
    return reply.code(404).send({ error: 'zone not found' });
  }
  return zone;
});

app.get('/zones/:name/price', async (request) => {
  const zone = zones.get(request.params.name);
  return { price: zone.price };
});

app.listen({ port: process.env.PORT });
