#include <httplib.h>
#include <nlohmann/json.hpp>
using json = nlohmann::json;

int main()
{
    httplib::Server svr;
    // A default of null keeps "absent": the guards below make `from` and `to` required. What has a default of its own stays optional.
    svr.Post("/trips", [](const httplib::Request &req, httplib::Response &res) {
        json body = json::parse(req.body, nullptr, false);
        if (!body.is_object()) {
            res.status = 400; // refused by what is set before returning: no call answers
            return;
        }
        auto from = body.value("from", json());
        auto to = body.value("to", json(nullptr));
        auto seats = body.value("seats", 1);
        if (!from.is_number_integer() || !to.is_string()) {
            res.status = 400;
            res.set_content("from and to are needed", "text/plain");
            return;
        }
        res.set_content(to.get<std::string>() + std::to_string(from.get<int>() + seats), "text/plain");
    });
    // Set, but not refused: it goes on.
    svr.Post("/notes", [](const httplib::Request &req, httplib::Response &res) {
        json body = json::parse(req.body, nullptr, false);
        if (!body.is_object() || !body.contains("text")) {
            res.status = 202;
            return;
        }
        res.set_content("noted", "text/plain");
    });
    svr.listen("127.0.0.1", 8080);
}
