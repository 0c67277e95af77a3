#include "room.hpp"
namespace app {
int Room::total = 0;
Room::Room(int n, const char *name) : Base(n), size_(n), name_(name) { total++; }
Room::~Room() { total--; }
int Room::count() { return total; }
namespace { int hidden(int n) { return n; } }
static int also(int n) { return hidden(n); }
}
using namespace app;
int app::Room::run(int n) { size_ += also(n); return this->base_ + extra_ + (name() ? 1 : 0); }
int use(Base &base, Room room, Room *pointer)
{
    Color color = Color::Green;
    Room::Nested nested;
    Plain plain{1, nullptr}, other = { .a = 2 };
    if (room == *pointer && room) return base.run(largest<int>(1, 2));
    Box<int> box;
    return Room::count() + room[2].run(3) + box.get() + nested.inner + int(color);
}
extern "C" { int exported(int n) { return n; } }
extern "C" int single(int n);
