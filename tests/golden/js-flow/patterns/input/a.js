function take(body, key) {
  const { a, b: { c, d: [e] }, [key]: f, ...others } = body;
  const [first, , third, ...tail] = body.list;
  const {} = body.nothing;
  var { g } = body;
  return { a, c, e, f, others, first, third, tail, g };
}
