#include "room.hpp"
namespace app {
Room::Room(int size) : size_(size) { name_ = "made"; }
int Room::run(int n) { return size_ + n; }
int Room::count() { return 9; }
}
