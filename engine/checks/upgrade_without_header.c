/* 426 must say to what (RFC 9110, 15.5.22). */
#include "engine/checks/checks.h"

fl_str fl_check_upgrade_without_header(const fl_exchange *exchange);
fl_str fl_check_upgrade_without_header(const fl_exchange *exchange)
{
    bool is_bare = exchange->response->status == 426 && fl_http_header_get(exchange->response, "upgrade").ptr == NULL;
    return is_bare ? FL_S("426 without Upgrade") : (fl_str){0};
}
