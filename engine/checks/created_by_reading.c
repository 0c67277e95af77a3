/* 201 says that something was made, which is not what GET, HEAD, DELETE and PATCH are for. */
#include "engine/checks/checks.h"

fl_str fl_check_created_by_reading(const fl_exchange *exchange);
fl_str fl_check_created_by_reading(const fl_exchange *exchange)
{
    static const char *const methods[] = {"GET", "HEAD", "DELETE", "PATCH", NULL};
    bool is_odd = exchange->response->status == 201 && fl_str_is_one_of(exchange->sent->method, methods);
    return is_odd ? fl_str_format(exchange->arena, "201 to " FL_STR_FMT, FL_STR_ARG(exchange->sent->method)) : (fl_str){0};
}
