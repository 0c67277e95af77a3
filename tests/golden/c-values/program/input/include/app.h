#ifndef APP_H
#define APP_H
#include <outside.h>
#include <stdlib.h>
struct route { const char *method, *path; int (*run)(int); };
struct config { const char *name; int level; struct { int low; } range; };
extern const struct route routes[];
extern struct config config;
extern int total;
int get_item(int id), register_all(const char *prefix);
static inline int twice(int n) { return n * 2; }
#endif
