function jumps(list) {
  for (const x of list) {
    try {
      if (x === 1) continue;
      if (x === 2) break;
      use(x);
    } finally {
      done(x);
    }
  }
  try { return 1; } finally { return 2; }
}
