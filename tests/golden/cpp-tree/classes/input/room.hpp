#pragma once
#include "base.hpp"
namespace app {
class Room : public Base, private Other {
public:
    explicit Room(int n, const char *name = "x");
    Room(const Room &other) = delete;
    ~Room() override;
    int run(int n) override;
    static int count();
    const char *name() const { return name_; }
    bool operator==(const Room &o) const { return size_ == o.size_; }
    Room &operator[](int i) { return *this; }
    explicit operator bool() const { return size_ > 0; }
    struct Nested { int inner = 2; };
private:
    int size_, extra_{3};
    const char *name_ = nullptr;
    static int total;
    friend class Other;
};
struct Plain { int a; Plain *next; union { int u; float f; }; };
enum class Color : unsigned { Red, Green = 4 };
using Number = long;
template <typename T> class Box { T value; public: T get() const { return value; } };
template <typename T, int N = 2> T largest(T a, T b) { return a > b ? a : b; }
}
