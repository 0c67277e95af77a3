typedef unsigned long word;
typedef struct { int id; char *name; } item;
typedef struct node { struct node *next; word bits : 3; union { int i; float f; }; struct { int x, y; } at; } node_t;
typedef enum { RED, GREEN = 5, BLUE } color;
typedef int (*handler)(const item *, void *);
struct forward;
enum { LIMIT = 16, MASK = LIMIT | 1 };
static int counter;
const char *const greeting = "hi";
int a = 1, *b, grid[2][3];
extern int elsewhere;
static double ratio = 1.5e3;
struct { int z; } single;
int declared(int, char *text);
static inline int twice(int x) { return x * 2; }
char *find(item items[], unsigned n, ...);
void *alloc(void)
{
    static int calls;
    static const char *const names[] = { "a", "b" };
    item local, *p = &local;
    char buf[LIMIT];
    register int r = 0, s;
    const word w = sizeof(item);
    return buf;
}
int old_style(a, b) int a; char *b; { return a; }
