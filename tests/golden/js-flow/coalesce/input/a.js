function pick(a, b) {
  const x = a ?? b ?? 'none';
  const y = a?.name ?? b.name;
  if (a ?? b) return x;
  return y;
}
