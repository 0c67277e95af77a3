#pragma once
namespace app {
class Base { public: virtual ~Base() = default; virtual int run(int n) = 0; Base(int n) : base_(n) {} protected: int base_; };
class Other {};
}
