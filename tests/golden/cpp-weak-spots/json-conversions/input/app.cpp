#include <string>
#include <httplib.h>
#include <nlohmann/json.hpp>
using json = nlohmann::json;

static std::string greet(std::string name, int age)
{
    return name + std::to_string(age);
}

int main()
{
    httplib::Server svr;

    svr.Post("/fires", [](const httplib::Request &req, httplib::Response &res) {
        json body = json::parse(req.body);
        std::string title = body["title"];
        res.set_content(title + greet(body["name"], body["age"]), "text/plain");
    });
    svr.Post("/discarded", [](const httplib::Request &req, httplib::Response &res) {
        json body = json::parse(req.body, nullptr, false);
        if (body["title"].is_string())
            res.set_content("title", "text/plain");
    });
    svr.Post("/guarded", [](const httplib::Request &req, httplib::Response &res) {
        json body = json::parse(req.body, nullptr, false);
        if (body.is_discarded() || !body["title"].is_string() || !body["name"].is_string() || !body["age"].is_number_integer()) {
            res.status = 400;
            return;
        }
        std::string title = body["title"];
        res.set_content(title + greet(body["name"], body["age"]), "text/plain");
    });
    svr.Post("/caught", [](const httplib::Request &req, httplib::Response &res) {
        try {
            json body = json::parse(req.body);
            std::string title = body["title"];
            res.set_content(title, "text/plain");
        } catch (const std::exception &) {
            res.status = 400;
            res.set_content("bad body", "text/plain");
        }
    });
    svr.listen("127.0.0.1", 8080);
}
