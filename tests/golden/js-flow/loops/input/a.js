function loops(n) {
  for (let i = 0, j = n; i < j; i++, j--) { if (i === 3) continue; if (j === 4) break; use(i); }
  for (;;) { if (done()) break; }
  do { n--; if (n === 5) continue; } while (n > 0);
  while (true) { n = step(n); }
}
