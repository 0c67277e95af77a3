function literals(o, k) {
  return [
    1, 0x10, 'text', `plain`, `a${k}b${o.x}`, /re/g, true, null, undefined, [, 1], 10n,
    { a: 1, 'b-c': 2, [k]: 3, o, ...o.rest, m() {}, get g() { return 1; }, async *s() {} },
    function named() {}, class {}, typeof o.t, void o, -k, !k, delete o.d, k in o, (f(), k),
  ];
}
