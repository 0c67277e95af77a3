int f(int a {
  if (a return 1;
  x = ;
  return a +;
}
int g(void) { return 2; }
}}}
struct { int
"unclosed
#include <
#define
int h(void) { return 3; }
