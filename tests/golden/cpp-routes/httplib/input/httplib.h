// The part of cpp-httplib's header that this case uses.
#pragma once
#include <functional>
#include <regex>
#include <string>
namespace httplib {
struct Request {
    std::string body;
    std::smatch matches;
    bool has_param(const std::string &key) const;
    std::string get_param_value(const std::string &key) const;
};
struct Response {
    int status = -1;
    void set_content(const std::string &s, const std::string &content_type);
};
class Server {
public:
    using Handler = std::function<void(const Request &, Response &)>;
    Server &Get(const std::string &pattern, Handler handler);
    Server &Post(const std::string &pattern, Handler handler);
    Server &Delete(const std::string &pattern, Handler handler);
    bool listen(const std::string &host, int port);
};
class Client {
public:
    explicit Client(const std::string &host);
    void Get(const std::string &path);
};
}
