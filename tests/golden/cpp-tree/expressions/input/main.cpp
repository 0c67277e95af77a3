struct Text { Text(const char *); Text operator+(const Text &) const; bool operator==(const char *) const; const char *c_str() const; };
template <typename T> struct Maybe { T *value; T &operator*(); T *operator->(); explicit operator bool() const; };
template <typename T> struct Map { T &operator[](const char *key); T at(const char *) const; };
struct Stream { Stream &operator<<(int); Stream &operator<<(const char *); };
struct Call { int operator()(int, int = 2) const; };
int take(Text, int = 3);
template <typename... A> int all(A... a) { return take("x", sizeof...(a)) + (0 + ... + a); }
template <typename F> int apply(F f) { return f(1) + f.inner(2)->last; }
int run(Maybe<Text> maybe, Map<int> map, Stream &out, const Call &call, Text *texts)
{
    Text plain = "lit", direct("d"), sum = plain + "more" + Text("end");
    if (!maybe || *maybe == "x") return maybe->c_str()[0];
    map["k"] = map.at("k") + 1;
    map["n"]++;
    out << 1 << "two";
    int n = call(4), *p = new int(5), *many = new int[n];
    delete p;
    delete[] many;
    auto add = [n, &map](int a, int b = 1) { return a + b + n; };
    auto captured = [copy = n]() mutable -> long { return ++copy; };
    n = add(1) + static_cast<int>(2.5) + int(1.5) + (int)captured();
    const void *v = reinterpret_cast<const void *>(texts);
    bool ok = true && v != nullptr and not false;
    n = take({"brace"}) + all(1, 2) + apply(add) + 1'000'000 + 0b11;
    const char *raw = R"x(a "raw" \n)x";
    return ok ? n : raw[0];
}
