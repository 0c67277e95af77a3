#include "room.hpp"
int app::result, app::counted, app::inherited;
app::Room app::room(4);
static int apply(int (*f)(int), int n) { return f(n); }
int applied;
int main()
{
    app::result = app::room.run(3);
    app::counted = app::Room::count();
    app::inherited = app::room.plain();
    applied = apply([](int n) { return n + 1; }, 2);
}
