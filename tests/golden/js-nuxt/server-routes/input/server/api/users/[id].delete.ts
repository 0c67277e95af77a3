export default defineEventHandler((event) => {
  const { id } = event.context.params;
  const person = personOf(id);
  setResponseStatus(event, 202);
  return { deleted: person.email };
});
