void *take(int), give(void *);
int work(int n)
{
    int result = -1;
    void *a = take(n), *b = 0;
    if (!a) goto out;
    b = take(n + 1);
    if (!b) goto release;
    result = 0;
release:
    give(a);
out:
    if (b) give(b);
    return result;
}
int retry(int n)
{
again:
    if (n-- > 0) goto again;
    return n;
}
