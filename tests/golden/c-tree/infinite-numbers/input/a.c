/* Numbers that have no digits. */
#include <math.h>

double most = HUGE_VAL, none = NAN, much = 1e999, one = 1.0;
