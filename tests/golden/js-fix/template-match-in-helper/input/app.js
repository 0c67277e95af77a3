const fastify = require('fastify');
const app = fastify();
const depots = [{ code: 'DK', city: 'Aarhus' }];

function depotOf(reference) {
  return /^([A-Z]{2})-(\d{4})$/.exec(reference)[1];
}

app.get('/depots/of/:reference', async (request, reply) => {
  const depot = depots.find((one) => one.code === depotOf(request.params.reference));
  if (!depot) {
    return reply.code(404).send({ error: 'depot not found' });
  }
  return { city: depot.city };
});

app.get('/prefix/:reference', async (request, reply) => {
  if (request.params.reference.length > 40) {
    return reply.code(400).send({ error: 'reference is too long' });
  }
  const code = depotOf(request.params.reference);
  return { code };
});

app.listen({ port: process.env.PORT });
