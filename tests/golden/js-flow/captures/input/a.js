function outer(a, b, c) {
  let count = 0, seen = null, own = 1, read = 2;
  const inc = () => { count++; };
  const shadow = own => { own = 2; let seen = 3; seen = 4; return seen; };
  const nested = () => () => { ({ seen } = a); return read; };
  for (const c of b) run(() => c);
  class Box { held = read; put() { b = 1; } }
  return [inc, shadow, nested, Box, count, own];
}
