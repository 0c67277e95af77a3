function parse(text) {
  let value;
  try {
    value = JSON.parse(text);
    if (!value) throw new Error('empty');
  } catch (err) {
    if (err instanceof SyntaxError) return null;
    throw err;
  }
  try { risky(); } catch { ignore(); }
  try { value = 1; } catch { never(); }
  return value;
}
