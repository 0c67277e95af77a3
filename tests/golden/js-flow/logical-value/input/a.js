function values(a, b) {
  const deep = a && a.b && a.b.c;
  const first = a || b || null;
  const flag = !a && b;
  const either = a ? a.x : b.y;
  return { deep, first, flag, either };
}
