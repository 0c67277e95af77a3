function dead(a) {
  return a;
  use(a);
  for (const x of a) use(x);
  function hoisted() { return a; }
}
function both(a) {
  if (a) { return 1; } else { throw a; }
  unreachable();
}
