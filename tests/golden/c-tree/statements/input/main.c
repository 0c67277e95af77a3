int step(int);
int run(int n, const char *s)
{
    if (n) n = 1;
    if (n > 1) { n = 2; } else if (n > 2) n = 3; else { ; }
    while (n) n--;
    do { n++; continue; } while (n < 10);
    for (int i = 0, j = 1; i < n; i++, j--) step(j);
    for (;;) break;
    for (; n;) n--;
    for (n = 0;; n++) if (n > 3) break;
    for (n = ';';; ) { break; }
    switch (n) {
        int unreachable;
    case 1:
    case 2: n = 4; /* falls through */
    case 'a': { n = 5; break; }
    case 10 ... 20: break;
    default: n = 6;
    }
    switch (n) case 1: step(1);
    if (!s) goto out;
    ;
again:
    if (step(n)) goto again;
out:
    return n;
}
void nothing(void) { return; }
void jump(int n)
{
    void *target = &&there;
    goto *target;
there:
    __asm__ volatile("nop");
    switch (n) { case 0: do { step(0); case 1: step(1); } while (n--); }
}
