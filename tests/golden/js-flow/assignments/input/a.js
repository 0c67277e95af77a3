function assign(o, k, v) {
  let x;
  x = v;
  o.a = v;
  o[k] = x;
  o.n += 2;
  o[k] -= o.n;
  x++;
  const old = o.count--;
  const now = ++o.count;
  outer = old;
  [o.a, o.b] = [o.b, o.a];
  ({ p: o.p, q: x = 1 } = v);
  return (x = now);
}
