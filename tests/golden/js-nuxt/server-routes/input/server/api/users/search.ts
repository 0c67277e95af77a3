export default defineEventHandler(async (event) => {
  const body = await readBody(event);
  return people.filter((one) => one.name === body.filter.name);
});
