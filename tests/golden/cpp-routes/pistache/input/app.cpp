#include <string>
#include <nlohmann/json.hpp>
#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/router.h>

using namespace Pistache;
using json = nlohmann::json;

static void ready(const Rest::Request &, Http::ResponseWriter response)
{
    response.send(Http::Code::Ok, "yes");
}

class Notes {
public:
    void setup()
    {
        Rest::Routes::Get(router, "/ready", Rest::Routes::bind(&ready));
        Rest::Routes::Get(router, "/notes", Rest::Routes::bind(&Notes::list, this));
        Rest::Routes::Post(router, "/notes", Rest::Routes::bind(&Notes::add, this));
        Rest::Routes::Get(router, "/notes/:id/:part?", Rest::Routes::bind(&Notes::show, this));
        Rest::Routes::Delete(router, "/notes/:id", Rest::Routes::bind(&Notes::remove, this));
    }

private:
    void list(const Rest::Request &request, Http::ResponseWriter response)
    {
        auto tag = request.query().get("tag");
        response.send(Http::Code::Ok, tag ? *tag : std::string("all"));
    }
    void add(const Rest::Request &request, Http::ResponseWriter response)
    {
        json note = json::parse(request.body());
        std::string title = note["title"];
        response.send(Http::Code::Created, title);
    }
    void show(const Rest::Request &request, Http::ResponseWriter response)
    {
        auto id = request.param(":id").as<std::string>();
        if (id.empty()) {
            response.send(Http::Code::Not_Found);
            return;
        }
        response.send(Http::Code::Ok, id);
    }
    void remove(const Rest::Request &request, Http::ResponseWriter response)
    {
        auto id = request.param(":id").as<int>();
        response.send(id ? Http::Code::No_Content : Http::Code::Not_Found);
    }

    Rest::Router router;
};

int main()
{
    Address addr(Ipv4::loopback(), Port(9080));
    auto server = std::make_shared<Http::Endpoint>(addr);
    Notes notes;
    notes.setup();
    server->serve();
}
