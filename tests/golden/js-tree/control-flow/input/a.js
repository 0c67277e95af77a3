function all(list, { limit = 10 } = {}, ...rest) {
  var total = 0, seen;
  outer: for (let i = 0, n = list.length; i < n; i++) {
    if (!list[i]) continue outer;
    else if (list[i] === limit) break outer;
    else total += list[i];
  }
  for (const [k, v] of Object.entries(rest)) seen ??= k;
  for (var key in rest) ;
  for (;;) { break; }
  do total--; while (total > limit);
  while (total) total >>>= 1;
  switch (total) {
    case 0:
    case 1: return;
    default: throw new RangeError(`total ${total}`);
  }
  try { risky(); } catch { recover(); } finally { done(); }
  try { risky(); } catch ({ message }) { log(message); }
}
async function* stream(source) {
  for await (const chunk of source) yield chunk;
  yield* stream();
  const got = yield;
}
