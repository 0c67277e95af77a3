/* 405 must say what is allowed (RFC 9110, 15.5.6). */
#include "engine/checks/checks.h"

fl_str fl_check_not_allowed_without_allow(const fl_exchange *exchange);
fl_str fl_check_not_allowed_without_allow(const fl_exchange *exchange)
{
    bool is_bare = exchange->response->status == 405 && fl_http_header_get(exchange->response, "allow").ptr == NULL;
    return is_bare ? FL_S("405 without Allow") : (fl_str){0};
}
