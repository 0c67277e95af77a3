int good(int n) { return n; }
int hurt(int n) {
  int a = n +;
  if (n) { return good(n; }
  a = good(a)
  return a;
}
int also(int n) { return unknown_name + n; }
struct { int
