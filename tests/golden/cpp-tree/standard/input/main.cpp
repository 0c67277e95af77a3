#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>
using std::string;
std::optional<string> find(const std::map<string, string> &all, const string &key)
{
    auto it = all.find(key);
    if (it == all.end()) return std::nullopt;
    return it->second;
}
int use(std::function<int(int)> f, std::shared_ptr<int> shared)
{
    string a = "lit", b("direct"), c, d = a + "x" + std::to_string(3);
    auto found = find({{"k", "v"}}, "k");
    if (!found || found->empty()) throw std::runtime_error("none");
    const string &value = *found;
    for (const auto &[key, n] : std::map<string, int>{{"a", 1}}) f(n);
    std::vector<string> list{"p", "q"};
    list.push_back(std::move(a));
    list[0] = value;
    list.at(1) += b.substr(1, 2);
    try { return std::stoi(d); } catch (const std::exception &e) { c = e.what(); }
    return shared ? *shared + (int)c.size() : f(std::make_unique<int>(3) ? 1 : 2);
}
