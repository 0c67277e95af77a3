struct point { int x; struct point *next; };
int f(int, ...);
int g(struct point *p, struct point q, int *v, int (*call)(int), char *s)
{
    int i = 0;
    p->x = q.x + p->next->x;
    (*p).x = *v++ - -i;
    *v = ~i ^ !s;
    v[i++] += 3;
    *p->next->next = q;
    i = i ? f(1) : f(2, i);
    i = i ?: 7;
    i = (i, f(3), 4);
    i <<= 2, i >>= 1, i |= 4, i &= 6, i ^= 1, i %= 5;
    (*call)(i);
    call(i);
    p = (struct point *)(void *)s;
    p = &q, v = &q.x;
    i = sizeof(struct point) + sizeof i + _Alignof(int);
    i = p == 0 || p != (void *)0 && s;
    i = ({ int t = i; t + 1; });
    p = &(struct point){ .x = 1 };
    ++i, i--;
    p = 0;
    return ((i < 1) == (i >= 2)) * (int)3.7;
}
