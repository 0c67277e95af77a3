#include <httplib.h>
#include <string>

static void answer(httplib::Response &res, long number)
{
    res.set_content(std::to_string(number), "text/plain");
}

int main()
{
    httplib::Server server;
    server.Get(R"(/words/(\w+))", [](const httplib::Request &req, httplib::Response &res) { answer(res, std::stoi(req.matches[1])); });
    server.Get(R"(/digits/(\d+))", [](const httplib::Request &req, httplib::Response &res) { answer(res, std::stoi(req.matches[1].str())); });
    server.Get(R"(/few/(\d{1,6}))", [](const httplib::Request &req, httplib::Response &res) { answer(res, std::stoi(req.matches[1])); });
    server.Get("/named/:id", [](const httplib::Request &req, httplib::Response &res) { answer(res, std::stol(req.path_params.at("id"))); });
    server.Get(R"(/guarded/(\d+))", [](const httplib::Request &req, httplib::Response &res) {
        try {
            answer(res, std::stoi(req.matches[1]));
        } catch (const std::exception &) {
            res.status = 404;
            res.set_content("no such number", "text/plain");
        }
    });
    server.listen("127.0.0.1", 8080);
}
