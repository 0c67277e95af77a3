export default defineEventHandler((event) => ({ path: event.context.params.path, method: event.method }));
