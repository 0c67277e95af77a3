#include <httplib.h>
#include <string>

static void reply(httplib::Response &res, const std::string &data, int status = 200)
{
    res.set_content(data, "application/json");
    res.status = status;
}

int main()
{
    httplib::Server server;
    server.Get("/direct", [](const httplib::Request &req, httplib::Response &res) {
        if (!req.has_param("x")) {
            res.set_content("no x", "text/plain");
            res.status = 400;
            return;
        }
        res.set_content("x", "text/plain");
    });
    server.Get("/helper", [](const httplib::Request &req, httplib::Response &res) {
        if (!req.has_param("x")) {
            reply(res, "{}", 404);
            return;
        }
        reply(res, "{}");
    });
    server.Get("/gone", [](const httplib::Request &, httplib::Response &res) {
        res.set_content("gone", "text/plain");
        res.status = 410;
    });
    server.listen("127.0.0.1", 8080);
}
