export default defineEventHandler((event) => {
  const { page, sort } = getQuery(event);
  return { page: Number(page), sort, people };
});
