function pick(kind, o) {
  switch (kind) {
    case 'a':
    case o.b: let x = 1; use(x); break;
    default: other();
    case 'c': return 3;
    case 'd': { break; }
  }
  switch (kind) {}
  return x;
}
