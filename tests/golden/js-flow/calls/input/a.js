class Sub extends Base {
  constructor(...args) { super(...args); this.ready = super.init(args.length); }
}
function calls(o, f, list) {
  f();
  o.m(1, ...list, 2);
  o['m'](f);
  (o.m)();
  new o.Type(list);
  new Plain;
  f`a${o.x}b`;
  f(...list)(...o.more);
  return import('./x');
}
