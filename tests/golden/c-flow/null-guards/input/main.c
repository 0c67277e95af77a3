struct node { struct node *next; char *text; int n; };
int use(const char *);
int early(struct node *p) { if (!p) return -1; return p->n; }
int equal(struct node *p) { if (p == 0) return -1; return p->n; }
int both(struct node *p) { return p && p->next && p->next->n; }
int either(struct node *p) { if (!p || !p->text) return 0; return use(p->text); }
int conditional(struct node *p) { return p ? p->n : 0; }
char *fallback(struct node *p) { return p->text ?: "none"; }
int loop(struct node *p) { int n = 0; while (p) { n += p->n; p = p->next; } return n; }
int dereference(int *v) { if (v) *v = 3; return v != 0 ? *v : 0; }
int assigned(struct node *p) { struct node *q; if ((q = p->next) == 0) return 1; return q->n; }
