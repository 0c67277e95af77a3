function run(steps) {
  for (const s of steps) {
    switch (s.kind) {
      case 1: continue;
      case 2: break;
      case 3: return s;
    }
    after(s);
  }
}
