async function each(list, o) {
  for (const { id, name = 'x' } of list) use(id, name);
  for (const key in o) use(o[key]);
  for (o.last of list) if (!o.last) break;
  for await (const chunk of list.stream()) use(chunk);
  let item;
  for (item of list);
  return item;
}
