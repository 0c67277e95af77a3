#include "httplib.h"

// What a client asks for is no route.
static void ask()
{
    httplib::Client client("http://127.0.0.1:1");
    client.Get("/other/server");
}

static void mount(httplib::Server &server)
{
    server.Get(R"(/rooms/(\d+)/seats/([a-z]+))", [](const httplib::Request &req, httplib::Response &res) {
        int room = std::stoi(req.matches[1]);
        std::string seat = req.matches[2];
        if (room > 9) {
            res.status = 404;
            return;
        }
        res.set_content(seat, "text/plain");
    });
    server.Delete(R"(/rooms/(\d+)/seats/([a-z]+))", [](const httplib::Request &req, httplib::Response &res) { res.status = 204; });
    server.Get("/rooms", [](const httplib::Request &req, httplib::Response &res) {
        int floor = req.has_param("floor") ? std::stoi(req.get_param_value("floor")) : 0;
        res.set_content(floor > 0 ? "up" : "down", "text/plain");
    });
}

int main()
{
    httplib::Server server;
    ask();
    mount(server);
    server.listen("127.0.0.1", 8082);
    return 0;
}
