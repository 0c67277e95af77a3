// Parts of texts: what begins beyond the end throws, and so does what begins where nothing was found.
#include <httplib.h>
#include <string>

static std::string token_of(const httplib::Request &req)
{
    std::string cookie = req.get_header_value("Cookie");
    int start = cookie.find("token=") + 6;
    int end = cookie.find(";", start);
    if (end == -1) return cookie.substr(start);
    return cookie.substr(start, end - start);
}

static bool has_token(const httplib::Request &req)
{
    return req.has_header("Cookie") && req.get_header_value("Cookie").find("token=") != std::string::npos;
}

int main()
{
    httplib::Server svr;
    svr.Get("/literal", [](const httplib::Request &req, httplib::Response &res) {
        std::string auth = req.get_header_value("Authorization");
        res.set_content(auth.substr(7), "text/plain");
    });
    svr.Get("/literal/guarded", [](const httplib::Request &req, httplib::Response &res) {
        std::string auth = req.get_header_value("Authorization");
        if (auth.size() < 7) { res.status = 401; return; }
        res.set_content(auth.substr(7), "text/plain");
    });
    svr.Get("/literal/begins", [](const httplib::Request &req, httplib::Response &res) {
        std::string auth = req.get_header_value("Authorization");
        if (auth.rfind("Bearer ", 0) != 0) { res.status = 401; return; }
        res.set_content(auth.substr(7), "text/plain");
    });
    svr.Get("/found", [](const httplib::Request &req, httplib::Response &res) {
        std::string mail = req.get_param_value("mail");
        auto at = mail.find('@');
        res.set_content(mail.substr(at), "text/plain");
    });
    svr.Get("/found/guarded", [](const httplib::Request &req, httplib::Response &res) {
        std::string mail = req.get_param_value("mail");
        auto at = mail.find('@');
        if (at == std::string::npos) { res.status = 400; return; }
        res.set_content(mail.substr(at), "text/plain");
    });
    svr.Get("/found/behind", [](const httplib::Request &req, httplib::Response &res) {   // npos + 1 is 0
        std::string mail = req.get_param_value("mail");
        res.set_content(mail.substr(mail.find('@') + 1), "text/plain");
    });
    svr.Get("/elsewhere", [](const httplib::Request &req, httplib::Response &res) {
        res.set_content(token_of(req), "text/plain");
    });
    svr.Get("/elsewhere/guarded", [](const httplib::Request &req, httplib::Response &res) {
        try {
            res.set_content(token_of(req), "text/plain");
        } catch (const std::out_of_range &) {
            res.status = 401;
        }
    });
    svr.Get("/elsewhere/asked", [](const httplib::Request &req, httplib::Response &res) {
        if (!has_token(req)) { res.status = 401; return; }
        res.set_content(token_of(req), "text/plain");
    });
    svr.listen("127.0.0.1", 8080);
}
