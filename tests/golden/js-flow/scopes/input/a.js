function shadow(x) {
  const y = x;
  if (y) {
    let x = 1;
    var z = x;
    { const y = x + z; use(y); }
  }
  for (let i = 0; i < 2; i++) use(i);
  try { use(x); } catch (x) { use(x); }
  const x2 = undeclared;
  return [x, y, z, x2];
}
