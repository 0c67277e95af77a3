#ifndef TYPES_H
#define TYPES_H
#include <app/more.h>
typedef struct item { int id; more_t more; } item;
extern item first;
int declared(item *it);
static inline int twice(int n) { return n * MORE; }
#endif
