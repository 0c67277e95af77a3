#include "app.hpp"
// The name that is read stands where the function is declared.
int limit_of(const httplib::Request &req, const std::string &key, int usual)
{
    return req.has_param(key) ? std::stoi(req.get_param_value(key)) : usual;
}
