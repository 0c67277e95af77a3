struct Error { const char *text; };
struct Lost {};
int step(int), risky(int *);
int run(int n, int (&values)[3])
{
    for (int v : values) step(v);
    for (auto &v : values) { v += 1; }
    if (int got = step(n); got > 1) n = got;
    if (int *p = values) n = *p;
    while (int m = step(n)) n -= m;
    switch (int k = step(n)) { case 1: n = k; break; default: break; }
    try { risky(&n); } catch (const Error &e) { n = e.text[0]; }
    try { if (n) throw Error{"bad"}; risky(0); } catch (const Error &e) { step(1); } catch (Lost) { step(2); } catch (...) { throw; }
    struct Pair { int first, second; };
    auto [first, second] = Pair{1, 2};
    [[maybe_unused]] int unused = first;
    if constexpr (sizeof(int) == 4) n = second;
    using Local = int;
    static_assert(sizeof(Local) == 4, "size");
    return n ? n : throw Lost{};
}
int tried(int n) try { return step(n); } catch (...) { return 0; }
