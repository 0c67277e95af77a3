#define NULL ((void *)0)
#define true 1
#define false 0
#define PORT 8080
#define PREFIX "/api"
#define EQ(a, b) (compare((a), (b)) == 0)
#define CHECK(x) do { if (!(x)) { fail(#x); return -1; } } while (0)
#define FIELD(o, k) lookup(o, #k)
#define SWAPPED(a, b) compare(b, a)
#define HANDLER(name) static int name##_handler(int request)
#define EACH(i, n) for (int i = 0; i < (n); i++)
int compare(const char *, const char *), fail(const char *);
char *lookup(void *, const char *);
HANDLER(items) { return request; }
int use(void *object, char *url)
{
    char *name = FIELD(object, name), *none = NULL;
    int on = true, off = false, port = PORT + 1;
    CHECK(name);
    if (EQ(url, PREFIX "/items") && !EQ(name, "x")) return items_handler(port);
    EACH(k, 3) compare(url, name);
    SWAPPED(url + 1, name);
    return name == NULL;
}
