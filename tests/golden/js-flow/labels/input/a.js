function labels(rows) {
  outer: for (const row of rows) {
    for (const cell of row) {
      if (cell === 1) continue outer;
      if (cell === 2) break outer;
    }
  }
  block: { if (rows.empty) break block; use(rows); }
}
