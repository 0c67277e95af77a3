function call(log, obj) {
  log?.('on');
  obj.close?.();
  obj?.items.map(String);
  const bound = obj?.make?.(obj.size).name;
  return bound;
}
