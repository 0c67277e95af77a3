#include "app.h"
static int helper(int n) { return -n; }
int get_item(int id) { return twice(id); }
const struct route routes[] = { { "GET", "/items/:id", get_item }, { .method = "PUT", .path = "/items", .run = helper }, { 0 } };
int register_all(const char *prefix) { total = 5; return total + 1; }
