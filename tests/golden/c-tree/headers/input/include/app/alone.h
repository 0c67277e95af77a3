int alone(int n);
static const int answer = 42;
