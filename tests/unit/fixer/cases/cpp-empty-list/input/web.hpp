#include <map>
#include <string>
#include <stdexcept>
#include <vector>

struct Value {
    bool contains(const char *key) const;
    const Value &at(const char *key) const;
    bool is_string() const;
    bool is_number_integer() const;
    template <class T> T get() const;
};
struct Request { std::string name() const; std::string param(const char *key) const; Value json() const; };
struct Response { int status; void set(const std::string &text); };
void sendError(Response &res, int status, const std::string &message);
class Rooms {
public:
    void show(const Request &req, Response &res);
    void other(const Request &request, Response &response);
    std::vector<std::string> list(int id) const;
private:
    std::map<std::string, std::string> rooms_;
};
