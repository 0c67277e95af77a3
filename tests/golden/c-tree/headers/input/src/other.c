#include "../include/app/types.h"
item first = { 7 };
int declared(item *it) { return it->id; }
