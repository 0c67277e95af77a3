#include <map>
#include <string>
#include <vector>
#include <httplib.h>
#include <nlohmann/json.hpp>
using json = nlohmann::json;

static std::map<std::string, std::string> names;

int main()
{
    httplib::Server svr;

    svr.Post("/fires", [](const httplib::Request &req, httplib::Response &res) {
        json body = json::parse(req.body, nullptr, false);
        std::string name = body.at("name").get<std::string>();
        int age = std::stoi(req.get_param_value("age"));
        res.set_content(name + std::to_string(age), "text/plain");
    });
    svr.Post("/guarded", [](const httplib::Request &req, httplib::Response &res) {
        json body = json::parse(req.body, nullptr, false);
        if (!body.contains("name")) {
            res.status = 400;
            return;
        }
        try {
            int age = std::stoi(req.get_param_value("age"));
            res.set_content(body.at("name").get<std::string>() + std::to_string(age), "text/plain");
        } catch (const std::exception &) {
            res.status = 400;
            res.set_content("bad age", "text/plain");
        }
    });
    svr.Get(R"(/fires/(\w+))", [](const httplib::Request &req, httplib::Response &res) {
        auto it = names.find(req.matches[1]);
        res.set_content(it->second, "text/plain");
    });
    svr.Get(R"(/guarded/(\w+))", [](const httplib::Request &req, httplib::Response &res) {
        auto it = names.find(req.matches[1]);
        if (it == names.end()) {
            res.status = 404;
            return;
        }
        res.set_content(it->second, "text/plain");
    });
    svr.listen("127.0.0.1", 8080);
}
