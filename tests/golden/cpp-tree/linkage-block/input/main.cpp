extern "C" {
#include "own.h"
#include <math.h>
int first(int x) { return x; }
}
namespace a {
extern "C" int second(int x) { return own(x); }
}
