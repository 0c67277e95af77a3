#pragma once
namespace app {
class Base { public: int base_ = 1; int plain() { return base_; } };
class Room : public Base {
public:
    explicit Room(int size);
    int run(int n);
    static int count();
    int size_;
    const char *name_ = "none";
};
extern int result, counted, inherited;
extern Room room;
}
