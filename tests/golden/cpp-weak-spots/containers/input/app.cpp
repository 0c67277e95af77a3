// Look-ups in maps that begin with entries, in vectors, in optionals and through templates.
#include "app.hpp"
#include <nlohmann/json.hpp>
#include <map>
#include <optional>
#include <vector>
using json = nlohmann::json;

struct Seat { int row; std::string name; };
static std::map<int, Seat> seats = { { 1, { 1, "a" } } };
static std::map<std::string, std::string> names = { { "ann", "Ann" } };
static std::vector<int> prices = { 10, 20, 30 };

static std::optional<Seat> find_seat(int id)
{
    auto it = seats.find(id);
    if (it == seats.end()) return std::nullopt;
    return it->second;
}
static Seat *seat_at(int id)
{
    auto it = seats.find(id);
    return it == seats.end() ? nullptr : &it->second;
}
template <typename M, typename K> static const typename M::mapped_type &must(const M &m, const K &k) { return m.find(k)->second; }
static int number(const httplib::Request &req) { return std::atoi(req.get_param_value("id").c_str()); }

int main()
{
    httplib::Server svr;
    int calls = 0;
    svr.Get("/optional", [](const httplib::Request &req, httplib::Response &res) {
        auto seat = find_seat(number(req));
        res.set_content(seat->name, "text/plain");
    });
    svr.Get("/optional/value", [](const httplib::Request &req, httplib::Response &res) {
        res.set_content(find_seat(number(req)).value().name, "text/plain");
    });
    svr.Get("/optional/guarded", [](const httplib::Request &req, httplib::Response &res) {
        auto seat = find_seat(number(req));
        if (!seat) { res.status = 404; return; }
        res.set_content(seat->name, "text/plain");
    });
    svr.Get("/pointer", [](const httplib::Request &req, httplib::Response &res) {
        Seat *seat = seat_at(number(req));
        res.set_content(seat->name, "text/plain");
    });
    svr.Get("/at", [](const httplib::Request &req, httplib::Response &res) {
        res.set_content(names.at(req.get_param_value("who")), "text/plain");
    });
    svr.Get("/at/found", [](const httplib::Request &req, httplib::Response &res) {
        auto who = req.get_param_value("who");
        if (names.find(who) == names.end()) { res.status = 404; return; }
        res.set_content(names.at(who), "text/plain");
    });
    svr.Get("/at/counted", [](const httplib::Request &req, httplib::Response &res) {
        auto who = req.get_param_value("who");
        if (names.count(who) == 0) { res.status = 404; return; }
        res.set_content(names.at(who), "text/plain");
    });
    svr.Get("/at/caught", [](const httplib::Request &req, httplib::Response &res) {
        try {
            res.set_content(names.at(req.get_param_value("who")), "text/plain");
        } catch (const std::exception &) {
            res.status = 404;
        }
    });
    svr.Get("/template", [](const httplib::Request &req, httplib::Response &res) {
        res.set_content(must(names, req.get_param_value("who")), "text/plain");
    });
    svr.Get("/index", [](const httplib::Request &req, httplib::Response &res) {
        res.set_content(std::to_string(prices[number(req)]), "text/plain");
    });
    svr.Get("/index/guarded", [](const httplib::Request &req, httplib::Response &res) {
        int i = number(req);
        if (i < 0 || i >= static_cast<int>(prices.size())) { res.status = 404; return; }
        res.set_content(std::to_string(prices[i]), "text/plain");
    });
    svr.Get("/index/at", [](const httplib::Request &req, httplib::Response &res) {
        res.set_content(std::to_string(prices.at(number(req))), "text/plain");
    });
    svr.Get("/usual", [](const httplib::Request &req, httplib::Response &res) {
        res.set_content(std::to_string(limit_of(req)), "text/plain");
    });
    svr.Post("/orders", [&calls, total = 0](const httplib::Request &req, httplib::Response &res) mutable {
        json body = json::parse(req.body, nullptr, false);
        total += body["amount"].get<int>();
        res.set_content(std::to_string(total + ++calls), "text/plain");
    });
    svr.listen("127.0.0.1", 8080);
}
