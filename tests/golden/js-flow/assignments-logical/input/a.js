function assign(o, k) {
  o.list ||= [];
  o[k] &&= o[k].next;
  let n = o.n ??= 0;
  n ??= k;
}
