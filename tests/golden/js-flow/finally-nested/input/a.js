function nested(a, b) {
  try {
    try { return a.x; } finally { inner(); }
  } catch (e) {
    return b;
  } finally {
    outer();
  }
}
