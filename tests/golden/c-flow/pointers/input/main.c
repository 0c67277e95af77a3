struct item { int id; int values[4]; };
int fill(struct item *it, int *out);
int points(struct item *items, int n)
{
    struct item local, *p = &items[n];
    int got = 0, *where = &got;
    if (fill(&local, &got) != 0) return local.id;
    *where += p->values[1]++;
    (*p).id = ({ int t = got; t * 2; });
    p->values[0] = got, items++;
    return got ? *where : p[0].id;
}
