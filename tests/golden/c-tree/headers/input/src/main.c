#include "app/types.h"
#include "local.h"
#if 0
#include "never.h"
#endif
int main(void) { return twice(first.id) + LOCAL; }
