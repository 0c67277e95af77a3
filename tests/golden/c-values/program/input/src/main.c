#include "app.h"
static int helper(int n) { return n; }
struct config config = { "service", .range.low = 2 };
int (*const same)(int) = get_item;
int (*const mine)(int) = &helper;
void *(*const opened)(const char *) = outside_open;
void *(*const allocate)(size_t) = malloc;
int total, counted, last, done;
int main(int argc, char **argv)
{
    void *handle = outside_open(argv[1]);
    config.level = twice(4) + config.range.low;
    for (int i = 0; routes[i].path; i++) counted += 1;
    last = register_all("/api");
    if (argc > 1) goto out;
    while (1) { if (counted) break; }
out:
    done = 1;
    return handle != 0;
}
