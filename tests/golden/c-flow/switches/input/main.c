int step(int);
int fall(int n)
{
    switch (n) {
    case 1:
    case 2: step(1);
    case 3: step(2); break;
    default: return 0;
    }
    return step(3);
}
int looped(int n)
{
    for (int i = 0; i < n; i++) {
        switch (i) { case 1: continue; case 2: break; }
        if (i == 3) break;
    }
    do n--; while (n > 0);
    return n;
}
