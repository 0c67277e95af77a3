function pick(o) {
  switch (true) {
    case !o: return 'none';
    case o.n > 3 && o.ok: return 'many';
    default: return 'some';
  }
}
