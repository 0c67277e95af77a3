export default defineEventHandler((event) => {
  const person = personOf(getRouterParam(event, "id"));
  if (!person) throw createError({ statusCode: 404, statusMessage: "no such person" });
  return { name: person.name };
});
